import { z } from "zod";
import { CheckoutId, type Id, Instant, ResourceId } from "./ids.ts";
import { LendingRefusal } from "./lending-refusal-shape.ts";
import { type Named, named } from "./qr.ts";

export type ReservationId = Id<"reservation">;
export const ReservationId: z.ZodType<ReservationId, string> = z
  .uuid()
  .transform((id) => id.toLowerCase() as ReservationId);

/** A time for which a thing is somebody's, from its first moment up to, and without, its last. */
export interface Reservation {
  id: ReservationId;
  resource: Named<ResourceId>;
  from: Instant;
  until: Instant;
}
export const Reservation: z.ZodType<Reservation> = z.object({
  id: ReservationId,
  resource: named(ResourceId),
  from: Instant,
  until: Instant,
});

export interface Reserve {
  resourceId: ResourceId;
  from: Instant;
  until: Instant;
}
export const Reserve: z.ZodType<Reserve, { resourceId: string; from: string; until: string }> = z.strictObject({
  resourceId: ResourceId,
  from: Instant,
  until: Instant,
});

const refused = z.object({ kind: z.literal("refused"), refusal: LendingRefusal });
interface Refused {
  kind: "refused";
  refusal: LendingRefusal;
}

export type ReserveOutcome = { kind: "reserved"; reservation: Reservation } | Refused;
export const ReserveOutcome: z.ZodType<ReserveOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("reserved"), reservation: Reservation }),
  refused,
]);

/** Done, or why not. */
export type LendingOutcome = { kind: "done" } | Refused;
export const LendingOutcome: z.ZodType<LendingOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done") }),
  refused,
]);

/** My place in the queue of a thing. */
export interface QueuePlace {
  resource: Named<ResourceId>;
  /** 1 is the first. */
  place: number;
  /** The thing is kept for me until then; null while it is out, or kept for another. */
  heldUntil: Instant | null;
}
export const QueuePlace: z.ZodType<QueuePlace> = z.object({
  resource: named(ResourceId),
  place: z.int().positive(),
  heldUntil: Instant.nullable(),
});

export type JoinQueueOutcome = { kind: "waiting"; place: QueuePlace } | Refused;
export const JoinQueueOutcome: z.ZodType<JoinQueueOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("waiting"), place: QueuePlace }),
  refused,
]);

/** How a thing stands for somebody who looks at it: who waits, what is reserved, and what they could do. Names nobody. */
export interface ThingLine {
  /** How many wait. */
  waiting: number;
  /** My own place. */
  mine: Omit<QueuePlace, "resource"> | null;
  /** Kept for somebody else until then. */
  keptUntil: Instant | null;
  /** The next times that are taken, soonest first; 50 at most. */
  taken: Array<{ from: Instant; until: Instant; isMine: boolean }>;
  isReservable: boolean;
  /** For how long it can be had, minutes. */
  loanMinutes: number;
  /** What I have of it now. */
  loanId: CheckoutId | null;
}
export const ThingLine: z.ZodType<ThingLine> = z.object({
  waiting: z.int().nonnegative(),
  mine: z.object({ place: z.int().positive(), heldUntil: Instant.nullable() }).nullable(),
  keptUntil: Instant.nullable(),
  taken: z.array(z.object({ from: Instant, until: Instant, isMine: z.boolean() })),
  isReservable: z.boolean(),
  loanMinutes: z.int().positive(),
  loanId: CheckoutId.nullable(),
});
