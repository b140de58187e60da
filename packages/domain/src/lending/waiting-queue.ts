import type { JoinQueueOutcome, LendingOutcome, MemberId, QueuePlace, ResourceId, ThingLine } from "@tessera/contracts";

/**
 * The queues of one tenant's things. Whoever came first is first; when the thing is back it is kept for them for a time, and then
 * for the next. The place of who did not come is gone.
 */
export interface WaitingQueue {
  /** @returns A member's places, those first that something is kept for. */
  of(member: MemberId): Promise<QueuePlace[]>;
  /**
   * @param resourceId Of which thing.
   * @param member Who waits.
   * @param now When.
   * @returns Their place, also when they had it already; refused `not_found`, `is_yours` (they have it), `is_free` (nobody else has
   *   it and nobody waits: it can be taken).
   */
  join(resourceId: ResourceId, member: MemberId, now: Date): Promise<JoinQueueOutcome>;
  /** Gives a place up; what was kept for it goes to the next. Refused: `not_waiting`. */
  leave(resourceId: ResourceId, member: MemberId, now: Date): Promise<LendingOutcome>;
  /** @returns How a thing stands for a member; null when there is no such thing. */
  line(resourceId: ResourceId, member: MemberId, now: Date): Promise<ThingLine | null>;
}
