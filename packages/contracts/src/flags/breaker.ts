import { z } from "zod";
import { FlagKey } from "../flag.ts";
import { Instant } from "../ids.ts";
import { BreakerState } from "./setting.ts";

/** What can trip a breaker, each for its own reason. */
export const breakerRules = ["error_rate", "security_alerts", "pool_exhausted", "socket_crash"] as const;
export type BreakerRule = (typeof breakerRules)[number];

/** The limits of one flag's breaker. */
export interface BreakerLimits {
  /** False: it looks and says nothing. */
  isArmed: boolean;
  /** Trips above this share of failed calls, percent, in `windowMinutes`, from `minCalls` on. */
  errorShare: number;
  windowMinutes: number;
  minCalls: number;
  /** Critical ones in the window; the documents say both "more than 3" and "3 or more": 3 trips. 0: never. */
  securityAlerts: number;
  poolExhausted: number;
  socketCrashes: number;
  /** No new try before this. */
  coolDownMinutes: number;
  /** Calls that must have gone well before the next share is tried. */
  retryCalls: number;
}
const share = z.number().min(0).max(100);
const count = z.int().min(0).max(1_000_000);
export const BreakerLimits: z.ZodType<BreakerLimits> = z.strictObject({
  isArmed: z.boolean(),
  errorShare: share,
  windowMinutes: z.number().min(0.1).max(60),
  minCalls: count,
  securityAlerts: count,
  poolExhausted: count,
  socketCrashes: count,
  coolDownMinutes: z.number().min(0).max(10_080),
  retryCalls: z.int().min(1).max(100_000),
});

export const defaultLimits: BreakerLimits = {
  isArmed: true,
  errorShare: 5,
  windowMinutes: 10,
  minCalls: 100,
  securityAlerts: 3,
  poolExhausted: 1,
  socketCrashes: 1,
  coolDownMinutes: 15,
  retryCalls: 20,
};

/** The shares a new try climbs through, percent; after the last the breaker is closed. */
export const retryShares = [1, 10, 100] as const;

/** Calls that went through a flag, or past it, and how many failed by our own fault. */
export interface Traffic {
  calls: number;
  failures: number;
}
const Traffic: z.ZodType<Traffic> = z.object({ calls: z.int().nonnegative(), failures: z.int().nonnegative() });

/** A failed call, for who looks for the cause. `trace` stands in the server's log beside the error. */
export interface FailedTrace {
  at: Instant;
  path: string;
  failure: string;
  tenantId: string | null;
  trace: string;
}
const FailedTrace: z.ZodType<FailedTrace> = z.object({
  at: Instant,
  path: z.string(),
  failure: z.string(),
  tenantId: z.string().nullable(),
  trace: z.string(),
});

/** Why a breaker tripped, as it was seen. */
export interface TripEvidence {
  windowFrom: Instant;
  windowTo: Instant;
  limits: BreakerLimits;
  exposed: Traffic;
  unexposed: Traffic;
  /** Critical signals in the window, by kind. */
  signals: { kind: string; at: Instant; detail: string }[];
  /** Tenants whose people met the feature in the window, most failures first; up to 50. */
  affected: { tenantId: string; name: string; calls: number; failures: number }[];
  firstFailures: FailedTrace[];
  /** What was changed before, newest first. */
  lastChanges: { key: string; revision: number; at: Instant; by: string; because: string | null }[];
}
export const TripEvidence: z.ZodType<TripEvidence> = z.object({
  windowFrom: Instant,
  windowTo: Instant,
  limits: BreakerLimits,
  exposed: Traffic,
  unexposed: Traffic,
  signals: z.array(z.object({ kind: z.string(), at: Instant, detail: z.string() })),
  affected: z.array(z.object({ tenantId: z.string(), name: z.string(), calls: z.int(), failures: z.int() })),
  firstFailures: z.array(FailedTrace),
  lastChanges: z.array(
    z.object({ key: z.string(), revision: z.int(), at: Instant, by: z.string(), because: z.string().nullable() }),
  ),
});

/** Something went wrong that people have to look at. */
export interface Incident {
  id: string;
  severity: "P0" | "P1" | "P2";
  title: string;
  key: FlagKey;
  rule: BreakerRule;
  openedAt: Instant;
  closedAt: Instant | null;
  closedBecause: string | null;
  evidence: TripEvidence;
}
export const Incident: z.ZodType<Incident> = z.object({
  id: z.uuid(),
  severity: z.enum(["P0", "P1", "P2"]),
  title: z.string(),
  key: FlagKey,
  rule: z.enum(breakerRules),
  openedAt: Instant,
  closedAt: Instant.nullable(),
  closedBecause: z.string().nullable(),
  evidence: TripEvidence,
});

/** A flag's breaker as the console shows it. */
export interface Breaker {
  key: FlagKey;
  limits: BreakerLimits;
  now: BreakerState;
  /** In the window, until now. */
  exposed: Traffic;
  unexposed: Traffic;
  /** When a new try may begin; null unless it is open. */
  retryFrom: Instant | null;
  /** What the last look said although nothing tripped: that others fail as much, so it is not this flag. */
  innocent: boolean;
}
export const Breaker: z.ZodType<Breaker> = z.object({
  key: FlagKey,
  limits: BreakerLimits,
  now: BreakerState,
  exposed: Traffic,
  unexposed: Traffic,
  retryFrom: Instant.nullable(),
  innocent: z.boolean(),
});

/** How fast changes of flags got everywhere. */
export interface FlagReach {
  revision: number;
  /** Processes that are up, and those of them that decide by this revision. */
  processes: { all: number; reached: number };
  /** From the write to a process deciding by it, over the last changes; null when none was seen. Milliseconds. */
  p50Ms: number | null;
  p99Ms: number | null;
  /** How many arrivals these are of. */
  seen: number;
}
export const FlagReach: z.ZodType<FlagReach> = z.object({
  revision: z.int().nonnegative(),
  processes: z.object({ all: z.int().nonnegative(), reached: z.int().nonnegative() }),
  p50Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  seen: z.int().nonnegative(),
});
