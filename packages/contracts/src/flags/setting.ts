import { z } from "zod";
import { FlagBecause, FlagDecision, FlagKey, type FlagRule, flagRules, flagScheme } from "../flag.ts";
import { Instant, TenantId } from "../ids.ts";
import { StorableText } from "../text.ts";
import { FlagConfig, FlagDenied, Percentage } from "./config.ts";
import { FlagRefusalReason } from "./refusals.ts";

/** The breaker of one flag. `half_open`: on again for a share of those it was on for, to see whether it holds. */
export type BreakerState =
  | { state: "closed" }
  | { state: "open"; since: Instant; incidentId: string }
  | { state: "half_open"; since: Instant; incidentId: string; share: number };
export const BreakerState: z.ZodType<BreakerState> = z.discriminatedUnion("state", [
  z.object({ state: z.literal("closed") }),
  z.object({ state: z.literal("open"), since: Instant, incidentId: z.uuid() }),
  z.object({ state: z.literal("half_open"), since: Instant, incidentId: z.uuid(), share: Percentage }),
]);

/** What a kiosk does with a flag it has not heard of for longer than `minutes`: keeps the last answer, or takes it for off. */
export interface FlagAge {
  minutes: number;
  after: "keep" | "off";
}
export const FlagAge: z.ZodType<FlagAge> = z.strictObject({
  minutes: z.int().min(1).max(525_600),
  after: z.enum(["keep", "off"]),
});

/** What a person sets of a flag. */
export interface FlagSettings {
  description: string;
  enabled: boolean;
  archived: boolean;
  /** null: all tenants. An empty list: none. */
  targetTenants: TenantId[] | null;
  /** Besides those: this share of the active tenants, the oldest first. */
  tenantShare: number | null;
  config: FlagConfig;
  denied: FlagDenied;
  /** Flags that must be on for whoever asks. */
  prerequisites: FlagKey[];
  age: FlagAge;
}
const settings = {
  description: StorableText.max(500),
  enabled: z.boolean(),
  archived: z.boolean(),
  targetTenants: z.array(TenantId).max(100_000).nullable(),
  tenantShare: Percentage.nullable(),
  config: FlagConfig,
  denied: FlagDenied,
  prerequisites: z.array(FlagKey).max(10),
  age: FlagAge,
};
export const FlagSettings: z.ZodType<FlagSettings> = z.strictObject(settings);

/**
 * Whether two values of a setting mean the same, in whatever order their parts are named: the database has an order of its
 * own. In a part of it, an empty list of names is none.
 *
 * @param one A value, or a part of one.
 * @param other To compare with.
 */
export const isSameSetting = (one: unknown, other: unknown): boolean => inOrder(one) === inOrder(other);

const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_name, inner) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, held]) => held !== undefined && !(Array.isArray(held) && held.length === 0))
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  );

/** One flag as it is set, whoever asks. */
export interface FlagSetting extends FlagSettings {
  key: FlagKey;
  killed: { at: Instant; because: string; by: string } | null;
  breaker: BreakerState;
  /** Decides with the id who is in which bucket. Stays when everything else changes. */
  salt: string;
  scheme: typeof flagScheme;
  revision: number;
  updatedAt: Instant;
}
export const FlagSetting: z.ZodType<FlagSetting> = z.object({
  ...settings,
  key: FlagKey,
  killed: z.object({ at: Instant, because: z.string(), by: z.string() }).nullable(),
  breaker: BreakerState,
  salt: z.string().min(1),
  scheme: z.literal(flagScheme),
  revision: z.int().nonnegative(),
  updatedAt: Instant,
});

/** Changes some of a flag's settings. */
export interface SaveFlag {
  key: FlagKey;
  /** The revision that was looked at. When somebody was faster, nothing is written. */
  revision: number;
  set: Partial<FlagSettings>;
  because: string;
}
/** Some of a flag's settings. */
export const SomeFlagSettings: z.ZodType<Partial<FlagSettings>> = z.strictObject({
  description: settings.description.optional(),
  enabled: settings.enabled.optional(),
  archived: settings.archived.optional(),
  targetTenants: settings.targetTenants.optional(),
  tenantShare: settings.tenantShare.optional(),
  config: settings.config.optional(),
  denied: settings.denied.optional(),
  prerequisites: settings.prerequisites.optional(),
  age: settings.age.optional(),
}) as z.ZodType<Partial<FlagSettings>>;
export const SaveFlag: z.ZodType<SaveFlag> = z.strictObject({
  key: FlagKey,
  revision: z.int().nonnegative(),
  set: SomeFlagSettings.refine((change) => Object.keys(change).length > 0, "there is nothing to change"),
  because: FlagBecause,
});

/** A change of a flag: made, asked of a second person, or refused. */
export type FlagChange =
  | { kind: "changed"; setting: FlagSetting }
  | { kind: "asked"; approval: FlagApproval }
  | { kind: "refused"; reason: FlagRefusalReason };

/** A change that waits for a second person. */
export interface FlagApproval {
  id: string;
  key: FlagKey;
  act: "restore";
  because: string;
  askedBy: string;
  /** Whose name that is; the id when it is not known. */
  askedByName: string;
  askedAt: Instant;
}
export const FlagApproval: z.ZodType<FlagApproval> = z.object({
  id: z.uuid(),
  key: FlagKey,
  act: z.literal("restore"),
  because: z.string(),
  askedBy: z.string(),
  askedByName: z.string(),
  askedAt: Instant,
});
export const FlagChange: z.ZodType<FlagChange> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("changed"), setting: FlagSetting }),
  z.object({ kind: z.literal("asked"), approval: FlagApproval }),
  z.object({
    kind: z.literal("refused"),
    reason: FlagRefusalReason,
  }),
]);

/** One change of a flag, as the database wrote it down. */
export interface FlagHistoryEntry {
  key: FlagKey;
  revision: number;
  at: Instant;
  /** A member's id, `ramp`, `breaker`, or the database user's name. */
  by: string;
  byName: string;
  /** The door it came through. */
  via: "console" | "http" | "sql" | "ramp" | "breaker";
  because: string | null;
  /** The columns that changed, before and after. */
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}
export const FlagHistoryEntry: z.ZodType<FlagHistoryEntry> = z.object({
  key: FlagKey,
  revision: z.int().nonnegative(),
  at: Instant,
  by: z.string(),
  byName: z.string(),
  via: z.enum(["console", "http", "sql", "ramp", "breaker"]),
  because: z.string().nullable(),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
});

/** For whom a flag is explained. */
export interface FlagSubject {
  tenantId: TenantId;
  userId?: string | null | undefined;
  deviceId?: string | null | undefined;
  resourceId?: string | null | undefined;
}
const subjectId = z.string().min(1).max(200).nullish();
export const FlagSubject: z.ZodType<FlagSubject> = z.strictObject({
  tenantId: TenantId,
  userId: subjectId,
  deviceId: subjectId,
  resourceId: subjectId,
});

/** One rule's part in a decision. */
export interface FlagStep {
  rule: FlagRule;
  /** `unset`: it says nothing for anybody. `passed`: nothing for this one. `decided`: its answer holds. `unasked`: another was first. */
  part: "unset" | "passed" | "decided" | "unasked";
  /** The facts, for a person. */
  says: string;
}
export interface FlagExplanation {
  decision: FlagDecision;
  steps: FlagStep[];
}
export const FlagExplanation: z.ZodType<FlagExplanation> = z.object({
  decision: FlagDecision,
  steps: z.array(
    z.object({
      rule: z.enum(flagRules),
      part: z.enum(["unset", "passed", "decided", "unasked"]),
      says: z.string(),
    }),
  ),
});

/** Who would be in, if a flag were set like this. */
export interface FlagPreview {
  /** Tenants that are active, and those of them where it would be on for somebody. */
  tenants: { all: number; in: number };
  /** People of all tenants. */
  people: { all: number; in: number; inNow: number };
  /** Some of those who would come in or leave, by name. */
  comes: { id: string; name: string; tenant: string }[];
  leaves: { id: string; name: string; tenant: string }[];
}
const person = z.object({ id: z.string(), name: z.string(), tenant: z.string() });
export const FlagPreview: z.ZodType<FlagPreview> = z.object({
  tenants: z.object({ all: z.int(), in: z.int() }),
  people: z.object({ all: z.int(), in: z.int(), inNow: z.int() }),
  comes: z.array(person),
  leaves: z.array(person),
});

/** One flag with all that belongs to it, for the console. */
export interface FlagOverview {
  setting: FlagSetting;
  /** What the environment of this process says, whatever is set; null: nothing. */
  override: boolean | null;
  approval: FlagApproval | null;
  /** What is wrong with what was written, which cannot be read: the last good setting holds. Null: it can be. */
  nonsense: string | null;
}
export const FlagOverview: z.ZodType<FlagOverview> = z.object({
  setting: FlagSetting,
  override: z.boolean().nullable(),
  approval: FlagApproval.nullable(),
  nonsense: z.string().nullable(),
});
