import type { FlagKey, TenantId } from "@tessera/contracts";
import type {
  BreakerLimits,
  BreakerState,
  FailedTrace,
  FlagSetting,
  Incident,
  Traffic,
  TripEvidence,
} from "@tessera/contracts/flags";
import type { BreakerFacts, SignalKind } from "./breaker.ts";

/** What is wrong with a whole deployment. */
export interface SignalSeen {
  kind: SignalKind;
  at: Date;
  detail: string;
}

/** Calls of one process since it told last. `tenantId` null: calls that this flag had no part in, of all tenants. */
export interface TrafficCount extends Traffic {
  key: FlagKey;
  slice: Date;
  tenantId: TenantId | null;
}

/** A flag's breaker as it is written down. */
export interface BreakerOf extends Pick<FlagSetting, "key" | "revision" | "breaker">, Pick<BreakerFacts, "isOn"> {
  limits: BreakerLimits;
  /** Of the last change of its state or share; null when it never changed. */
  changedAt: Date | null;
}

/** What breakers go by, and what they did. */
export interface BreakerBook {
  /** @returns The breaker of every flag that is not archived. */
  all(): Promise<BreakerOf[]>;
  /** Adds what a process counted. */
  count(counts: readonly TrafficCount[], failures: readonly (FailedTrace & { key: FlagKey })[]): Promise<void>;
  /** @returns What went through the flag and past it, in the slices of ten seconds that began since. */
  traffic(key: FlagKey, from: Date): Promise<Pick<BreakerFacts, "exposed" | "unexposed">>;
  /** @returns The same, and the signals since. */
  seen(key: FlagKey, from: Date): Promise<Omit<BreakerFacts, "isOn">>;
  /** Something is wrong. @param source The same one is counted once. */
  signal(seen: SignalSeen, source: string): Promise<void>;
  /** @returns What an incident is opened with. */
  evidence(key: FlagKey, from: Date, to: Date): Promise<Omit<TripEvidence, "limits" | "exposed" | "unexposed">>;
  /**
   * Opens the breaker: the flag is off, with incident, alert and journal, or nothing of it.
   *
   * @param expected The revision that was judged. When somebody changed the flag meanwhile, nothing is done.
   * @returns The incident; null when somebody was faster.
   */
  trip(key: FlagKey, expected: number, incident: NewIncident): Promise<Incident | null>;
  /**
   * Moves the breaker otherwise: a new try, its next share, or closed.
   *
   * @param at When that is.
   * @returns False when somebody changed the flag meanwhile.
   */
  move(key: FlagKey, expected: number, to: BreakerState, by: MovedBy, at: Date): Promise<boolean>;
  /** @returns False when there is no such flag. */
  setLimits(key: FlagKey, limits: BreakerLimits, by: MovedBy): Promise<boolean>;
  /** @returns Newest first, 50 at most. */
  incidents(key?: FlagKey): Promise<Incident[]>;
}

/** Who, and why. */
export interface MovedBy {
  id: string;
  because: string;
}

/** Opened at the end of the window that its evidence is of. */
export type NewIncident = Pick<Incident, "severity" | "title" | "rule" | "evidence">;
