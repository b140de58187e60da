import { z } from "zod";
import { FlagBecause, FlagKey } from "../flag.ts";
import { Instant } from "../ids.ts";
import { Percentage } from "./config.ts";
import { FlagRefusalReason } from "./refusals.ts";

/** Who a step lets in. Each lets in whom the step before did. */
export type RampReach =
  /** A share of the flag's unit. */
  | { kind: "percentage"; percentage: number }
  /** A share of the active tenants, the oldest first; 100 is all of them and those to come. */
  | { kind: "tenants"; share: number }
  /** The first so many of the flag's cohort of invited people. */
  | { kind: "cohort"; size: number };
export const RampReach: z.ZodType<RampReach> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("percentage"), percentage: Percentage }),
  z.strictObject({ kind: z.literal("tenants"), share: Percentage }),
  z.strictObject({ kind: z.literal("cohort"), size: z.int().min(1).max(100_000) }),
]);

/** What has to be before the next step begins. */
export type RampHold =
  | { kind: "time"; minutes: number }
  /** So many calls of people it is on for, since the step began. */
  | { kind: "sample"; calls: number }
  | { kind: "approval" };
export const RampHold: z.ZodType<RampHold> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("time"), minutes: z.number().min(0).max(525_600) }),
  z.strictObject({ kind: z.literal("sample"), calls: z.int().min(1).max(100_000_000) }),
  z.strictObject({ kind: z.literal("approval") }),
]);

/** Looked at while a step holds: above the limit, with so many calls at least, the ramp pauses or goes back. */
export interface RampGuard {
  /** The share of calls of those it is on for that failed, in percent, since the step began. */
  metric: "error_share";
  above: number;
  minCalls: number;
  action: "pause" | "roll_back";
}
export const RampGuard: z.ZodType<RampGuard> = z.strictObject({
  metric: z.literal("error_share"),
  above: Percentage,
  minCalls: z.int().min(1).max(1_000_000),
  action: z.enum(["pause", "roll_back"]),
});

export interface RampStep {
  reach: RampReach;
  hold: RampHold;
  guards: RampGuard[];
}
export const RampStep: z.ZodType<RampStep> = z.strictObject({
  reach: RampReach,
  hold: RampHold,
  guards: z.array(RampGuard).max(5),
});

const Steps = z.array(RampStep).min(1).max(20);

export const rampStates = ["ready", "running", "paused", "completed", "rolled_back"] as const;
export type RampState = (typeof rampStates)[number];

/** A flag's way from nobody to everybody. */
export interface Ramp {
  key: FlagKey;
  steps: RampStep[];
  state: RampState;
  /** The step whose reach holds now, from 0; -1 before the first. */
  step: number;
  stepSince: Instant | null;
  /** Why it stands where it stands: what paused it or took it back. */
  because: string | null;
  /** Rises with each change of the ramp. */
  version: number;
}
export const Ramp: z.ZodType<Ramp> = z.object({
  key: FlagKey,
  steps: z.array(RampStep),
  state: z.enum(rampStates),
  step: z.int().min(-1),
  stepSince: Instant.nullable(),
  because: z.string().nullable(),
  version: z.int().nonnegative(),
});

export interface PlanRamp {
  key: FlagKey;
  steps: RampStep[];
  because: string;
}
export const PlanRamp: z.ZodType<PlanRamp> = z.strictObject({ key: FlagKey, steps: Steps, because: FlagBecause });

/** What a person does with a ramp. `approve`: lets the next step begin that waits for it. `jump`: goes to a step at once. */
export type RampAct = "start" | "pause" | "resume" | "approve" | "roll_back" | "jump";
export interface MoveRamp {
  key: FlagKey;
  act: RampAct;
  /** For `jump`: to which step, from 0. */
  step?: number | undefined;
  /** The version that was looked at. */
  version: number;
  because: string;
}
export const MoveRamp: z.ZodType<MoveRamp> = z
  .strictObject({
    key: FlagKey,
    act: z.enum(["start", "pause", "resume", "approve", "roll_back", "jump"]),
    step: z.int().min(0).max(19).optional(),
    version: z.int().nonnegative(),
    because: FlagBecause,
  })
  .refine(
    ({ act, step }) => (act === "jump") === (step !== undefined),
    "only a jump goes to a step, and always to one",
  );

/** A ramp as it is after an act, or why it was not done. */
export type RampChange = { kind: "changed"; ramp: Ramp } | { kind: "refused"; reason: FlagRefusalReason };
export const RampChange: z.ZodType<RampChange> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("changed"), ramp: Ramp }),
  z.object({ kind: z.literal("refused"), reason: FlagRefusalReason }),
]);

const DAY_MINUTES = 24 * 60;
const guarded = (above: number): RampGuard[] => [{ metric: "error_share", above, minCalls: 50, action: "pause" }];

/** The schedules of the operators' documents. */
export const rampTemplates: Record<"weeks" | "tenants" | "beta", RampStep[]> = {
  /** 10, 25, 50, 100 percent of the people, a week each; at most 0.5 % errors. */
  weeks: [10, 25, 50, 100].map((percentage) => ({
    reach: { kind: "percentage", percentage },
    hold: { kind: "time", minutes: 7 * DAY_MINUTES },
    guards: guarded(0.5),
  })),
  /** 25, 50, 100 percent of the tenants, the oldest first: 24 and 48 hours; at most 1 % errors. */
  tenants: [25, 50, 100].map((share, index) => ({
    reach: { kind: "tenants", share },
    hold: { kind: "time", minutes: (index + 1) * DAY_MINUTES },
    guards: guarded(1),
  })),
  /** 20, 50, 100 invited people, a day each. */
  beta: [20, 50, 100].map((size) => ({
    reach: { kind: "cohort", size },
    hold: { kind: "time", minutes: DAY_MINUTES },
    guards: guarded(1),
  })),
};

/** Somebody who is asked to try a feature before the others. */
export interface CohortMember {
  email: string;
  /** Their place in the cohort, from 1. */
  place: number;
  invitedAt: Instant;
  /** The member with this address; null while nobody has signed up with it. */
  memberId: string | null;
  name: string | null;
  /** Whether the flag is on for them now. */
  isIn: boolean;
  /** When they used the feature first since they were invited. */
  usedAt: Instant | null;
}
export const CohortMember: z.ZodType<CohortMember> = z.object({
  email: z.string(),
  place: z.int().positive(),
  invitedAt: Instant,
  memberId: z.string().nullable(),
  name: z.string().nullable(),
  isIn: z.boolean(),
  usedAt: Instant.nullable(),
});

export interface InviteToCohort {
  key: FlagKey;
  /** Up to 200 at a time. Who is in it already stays where they are. */
  emails: string[];
  because: string;
}
export const InviteToCohort: z.ZodType<InviteToCohort> = z.strictObject({
  key: FlagKey,
  emails: z.array(z.email().toLowerCase().max(200)).min(1).max(200),
  because: FlagBecause,
});

/** A tenant that would do as a canary, with what speaks for it. */
export interface CanaryCandidate {
  tenantId: string;
  name: string;
  template: string;
  /** Scans of the last seven days; the guide wants more than 50. */
  scansInWeek: number;
  /** Whether somebody there answers for the tenant, who can report what goes wrong. */
  hasAdmin: boolean;
  /** One of the two the guide's criteria choose: active, reachable, unlike each other. */
  isPicked: boolean;
}
export const CanaryCandidate: z.ZodType<CanaryCandidate> = z.object({
  tenantId: z.string(),
  name: z.string(),
  template: z.string(),
  scansInWeek: z.int().nonnegative(),
  hasAdmin: z.boolean(),
  isPicked: z.boolean(),
});
