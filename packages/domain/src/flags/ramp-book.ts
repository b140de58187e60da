import type { FlagKey, TenantId } from "@tessera/contracts";
import type { CanaryCandidate, CohortMember, Ramp, RampStep } from "@tessera/contracts/flags";
import type { MovedBy } from "./breaker-book.ts";

/** Somebody who was invited. Whether the flag is on for them is for who knows the flag. */
export interface Invited extends Omit<CohortMember, "isIn"> {
  /** Where they are a member. */
  tenantId: TenantId | null;
}

/** Ramps and cohorts as they are written down. */
export interface RampBook {
  /** @returns Every ramp. */
  all(): Promise<Ramp[]>;
  /** @returns null when the flag has none. */
  of(key: FlagKey): Promise<Ramp | null>;
  /** A new plan in place of the old one, with whose it is. @returns null when the old one is running: it has to be paused first. */
  plan(key: FlagKey, steps: readonly RampStep[], by: MovedBy): Promise<Ramp | null>;
  /** @param was The version it replaces. @returns False when somebody was faster; nothing is written then. */
  save(ramp: Ramp, was: number): Promise<boolean>;
  /** @returns The cohort in the order of their places, 1,000 at most. */
  cohort(key: FlagKey): Promise<Invited[]>;
  /** @returns The ids of all of the cohort who are members, in the order of their places. */
  memberIds(key: FlagKey): Promise<string[]>;
  /** Adds people at the end. Who is in it already stays where they are. @returns How many are new. */
  invite(key: FlagKey, emails: readonly string[], by: MovedBy): Promise<number>;
  /** Active tenants with what speaks for them as canaries, most scans first; 50 at most. */
  candidates(): Promise<CanaryCandidate[]>;
}
