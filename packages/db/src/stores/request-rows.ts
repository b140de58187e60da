import type {
  GuestId,
  PlaceId,
  Request,
  RequestAct,
  RequestId,
  RequestKindId,
  RequestOption,
  RequestState,
  VisitId,
} from "@tessera/contracts";
import { choiceWords } from "@tessera/domain/guests/request-choices";
import { actsAt, type RequestFacts, reopenUntil, stateAt } from "@tessera/domain/guests/request-moves";

/** Steps by which a guest asked. */
export const ASKING: readonly RequestAct[] = ["make", "again"];

/** What is read of a request that somebody looks at. */
export const SHOWN_REQUEST = {
  kind: true,
  owner: { select: { name: true } },
  visit: { select: { place: { select: { name: true } } } },
  steps: { orderBy: { n: "asc" }, include: { member: { select: { name: true } } } },
} as const;

interface StepRow {
  act: string;
  at: Date;
  note: string;
  guestId: string | null;
  member: { name: string } | null;
}

/** A request as `SHOWN_REQUEST` reads it. */
export interface RequestRow extends Omit<RequestFacts, "state"> {
  id: string;
  placeId: string;
  visitId: string;
  state: string;
  options: unknown;
  quantity: number;
  note: string;
  times: number;
  madeAt: Date;
  because: string | null;
  stars: number | null;
  comment: string | null;
  kind: { id: string; name: string; picture: string; options: unknown };
  owner: { name: string } | null;
  visit: { place: { name: string } };
  steps: StepRow[];
}

/** @returns What the rules go by. */
export const factsOf = ({ state, expiresAt, doneAt, confirmBy }: Omit<RequestFacts, "state"> & { state: string }) => ({
  state: state as RequestState,
  expiresAt,
  doneAt,
  confirmBy,
});

/**
 * @param row As it is written down.
 * @param reader Null: staff. A guest sees no name of staff and no note of theirs, and can do nothing to another's.
 * @param at Now.
 */
export function requestOf(row: RequestRow, reader: GuestId | null, at: Date): Request {
  const facts = factsOf(row);
  const isMine = row.steps.some(({ act, guestId }) => guestId === reader && ASKING.some((one) => one === act));
  const steps = reader === null ? row.steps : row.steps.filter(({ act }) => act !== "note");
  const acts = reader === null ? actsAt(facts, "staff", at) : isMine ? actsAt(facts, "guest", at) : [];
  return {
    id: row.id as RequestId,
    kind: { id: row.kind.id as RequestKindId, name: row.kind.name, picture: row.kind.picture },
    place: { id: row.placeId as PlaceId, name: row.visit.place.name },
    visitId: row.visitId as VisitId,
    state: stateAt(facts, at),
    choices: choiceWords(row.kind.options as RequestOption[], row.options as Record<string, string>),
    quantity: row.quantity,
    note: row.note,
    times: row.times,
    madeAt: row.madeAt.toISOString(),
    doneAt: row.doneAt?.toISOString() ?? null,
    owner: reader === null ? (row.owner?.name ?? null) : null,
    because: row.because,
    stars: row.stars,
    comment: row.comment,
    isMine,
    steps: steps.map(({ act, at: when, note, member }) => ({
      act: act as RequestAct,
      at: when.toISOString(),
      by: reader === null ? (member?.name ?? null) : null,
      note,
    })),
    acts,
    reopenUntil: reopenUntil(facts)?.toISOString() ?? null,
  };
}
