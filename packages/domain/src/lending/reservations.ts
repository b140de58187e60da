import type {
  LendingOutcome,
  LendingRefusal,
  MemberId,
  Reservation,
  ReservationId,
  Reserve,
  ReserveOutcome,
} from "@tessera/contracts";
import { Misused } from "../misused.ts";
import { type LendingFacts, termsOf } from "./loan-rules.ts";
import type { Renewer } from "./renewal.ts";

/** The furthest day that can be reserved. */
export const MOST_DAYS_AHEAD = 180;
/** How many times to come one person may have reserved. */
export const MOST_RESERVATIONS = 10;
/** A screen's clock may be behind by so much. */
const SLACK_MS = 60_000;

/** One tenant's reservations. */
export interface Reservations {
  /** @returns A member's own that are to come or under way, soonest first. */
  of(holder: MemberId): Promise<Reservation[]>;
  /**
   * Keeps a thing for a time. What is reserved never overlaps: the database refuses it, whoever was first.
   *
   * @param wish What and when.
   * @param holder For whom.
   * @param now When it is asked for.
   * @returns Reserved, or refused as `reservationRefusal` says, or `slot_taken`: it is reserved, or lent out until then.
   * @throws Misused For a time that ends before it begins, or has passed.
   */
  reserve(wish: Reserve, holder: MemberId, now: Date): Promise<ReserveOutcome>;
  /** Gives a reservation back: one's own, or as staff anybody's. Refused: `not_found`, `not_yours`. */
  cancel(id: ReservationId, by: Renewer): Promise<LendingOutcome>;
}

/**
 * Whether somebody may reserve a thing for a time, as far as the rules go; whether the time is free, the store says.
 *
 * @param facts Who, what, and the tenant's rules; null: there is no such thing.
 * @param wish When.
 * @param reserved How many times to come they have reserved.
 * @param now When it is asked for.
 * @returns Why not, in this order: `not_found`, `not_reservable`, `too_long`, `too_far_ahead`, `enough_reserved`; or null.
 * @throws Misused For a time that ends before it begins, or has passed.
 */
export function reservationRefusal(
  facts: LendingFacts | null,
  wish: { from: Date; until: Date },
  reserved: number,
  now: Date,
): LendingRefusal | null {
  if (wish.until <= wish.from) throw new Misused("a reservation ends after it begins");
  if (wish.from.getTime() < now.getTime() - SLACK_MS) throw new Misused("a reservation begins from now on");
  if (!facts) return { reason: "not_found" };
  const { reservable, loanMinutes } = termsOf(facts);
  if (!reservable) return { reason: "not_reservable" };
  const minutes = (wish.until.getTime() - wish.from.getTime()) / 60_000;
  if (minutes > loanMinutes) return { reason: "too_long", evidence: { longestMinutes: loanMinutes } };
  if (wish.from.getTime() > now.getTime() + MOST_DAYS_AHEAD * 86_400_000) {
    return { reason: "too_far_ahead", evidence: { days: MOST_DAYS_AHEAD } };
  }
  return reserved >= MOST_RESERVATIONS ? { reason: "enough_reserved", evidence: { most: MOST_RESERVATIONS } } : null;
}
