import { z } from "zod";
import { Instant, MemberId, PlaceId, VisitId } from "./ids.ts";
import { RefusedGuest } from "./place.ts";

/** Somebody's stay at a place, from the first scan or from when staff opened it, until it is ended. */
export interface Visit {
  id: VisitId;
  place: { id: PlaceId; name: string };
  openedAt: Instant;
  /** Null: the first scan did. */
  openedBy: MemberId | null;
  endedAt: Instant | null;
  /** Phones that opened the place's page during it. */
  guests: number;
}
export const Visit: z.ZodType<Visit> = z.object({
  id: VisitId,
  place: z.object({ id: PlaceId, name: z.string() }),
  openedAt: Instant,
  openedBy: MemberId.nullable(),
  endedAt: Instant.nullable(),
  guests: z.int(),
});

export interface NameVisit {
  visitId: VisitId;
}
export const NameVisit: z.ZodType<NameVisit, { visitId: string }> = z.strictObject({ visitId: VisitId });

/** Done; `already`: it was so before. Or why not. */
export type VisitOutcome = { kind: "done"; visit: Visit; already: boolean } | RefusedGuest;
export const VisitOutcome: z.ZodType<VisitOutcome> = z.union([
  z.object({ kind: z.literal("done"), visit: Visit, already: z.boolean() }),
  RefusedGuest,
]);
