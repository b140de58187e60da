import type { FlagKey, TenantId } from "@tessera/contracts";
import type { FlagPreview } from "@tessera/contracts/flags";
import type { FlagSet } from "./evaluate.ts";
import type { CountedPerson } from "./flag-book.ts";

const MOST_NAMED = 10;

/** What a preview is made of. */
export interface PreviewFacts {
  key: FlagKey;
  /** As the flags are, and as they would be. */
  now: Pick<FlagSet, "decide" | "reaches">;
  wanted: Pick<FlagSet, "decide" | "reaches">;
  tenants: readonly TenantId[];
  /** `all`: how many there are; more than are in `some` are counted by the share of those. */
  people: { all: number; some: readonly CountedPerson[] };
}

/**
 * Who would be in, if a flag were set otherwise. By the very rules that will decide, with everybody asked.
 *
 * @returns Counts over all people; past 20,000 they are an estimate from the oldest 20,000.
 */
export function previewFlag({ key, now, wanted, tenants, people }: PreviewFacts): FlagPreview {
  const { all, some } = people;
  const named = ({ id, name, tenant }: CountedPerson) => ({ id, name, tenant });
  const comes: CountedPerson[] = [];
  const leaves: CountedPerson[] = [];
  let inWanted = 0;
  let inNow = 0;
  for (const person of some) {
    const subject = { tenantId: person.tenantId, userId: person.id };
    const was = now.decide(key, subject).value;
    const is = wanted.decide(key, subject).value;
    if (was) inNow++;
    if (is) inWanted++;
    if (is && !was) comes.push(person);
    if (was && !is) leaves.push(person);
  }
  const scaled = (count: number) => (some.length === 0 ? 0 : Math.round((count / some.length) * all));
  return {
    tenants: { all: tenants.length, in: tenants.filter((tenant) => wanted.reaches(key, tenant).value).length },
    people: { all, in: scaled(inWanted), inNow: scaled(inNow) },
    comes: comes.slice(0, MOST_NAMED).map(named),
    leaves: leaves.slice(0, MOST_NAMED).map(named),
  };
}
