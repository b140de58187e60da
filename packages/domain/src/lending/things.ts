import type {
  ChangeThing,
  MemberId,
  ResourceId,
  RetireThing,
  Thing,
  ThingOutcome,
  ThingPage,
  ThingQuery,
  ThingWords,
} from "@tessera/contracts";
import { Misused } from "../misused.ts";

/** The things of one tenant, for those who run the shelf. What is written is in the journal with it. */
export interface Things {
  /** @returns A page by name. @throws Misused For an `after` that is of no page. */
  page(query: ThingQuery): Promise<ThingPage>;
  /** @returns Every place where something in use stands, by name. */
  places(): Promise<string[]>;
  /** @returns All that are in use, by name. */
  inUse(): Promise<Thing[]>;
  create(words: ThingWords, by: MemberId): Promise<ThingOutcome>;
  /** Other words for a thing, retired or not. Refuses `not_found`. */
  change(thing: ChangeThing, by: MemberId): Promise<ThingOutcome>;
  /**
   * Takes a thing out of use and cancels the codes that could take it. It races check-outs safely: one of the two wins.
   *
   * @returns Done; or refused: `not_found` (or retired before), `still_out` with whom it is and until when.
   */
  retire(thing: RetireThing, by: MemberId): Promise<ThingOutcome>;
  /** Puts a retired thing into use again. Refuses `not_found`, `not_retired`. */
  bringBack(id: ResourceId, by: MemberId): Promise<ThingOutcome>;
  /** Makes many at once: all of them or none. @returns How many. */
  add(things: readonly ThingWords[], by: MemberId): Promise<number>;
}

/** Where one page ends and the next begins: the last thing that was told. */
export interface PageEnd {
  name: string;
  id: ResourceId;
}

const UUID_LETTERS = 36;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @returns The end of a page as a caller holds it. */
export const pageMark = ({ name, id }: PageEnd): string => `${id}${name}`;

/**
 * @param mark As `pageMark` made it.
 * @throws Misused When it is none.
 */
export function pageEnd(mark: string): PageEnd {
  const id = mark.slice(0, UUID_LETTERS);
  if (!UUID.test(id) || mark.includes("\0")) throw new Misused("this is the end of no page: ask with what `next` said");
  return { id: id as ResourceId, name: mark.slice(UUID_LETTERS) };
}
