import { z } from "zod";
import { AlertId, Instant, type MemberId } from "./ids.ts";
import { StorableText } from "./text.ts";

/**
 * What looks as if somebody meant harm. `failed_validations`: codes that are none, or that nobody knows. `forged_codes`: signed by
 * somebody else. `code_reuse`: used codes, shown elsewhere or as an old picture. `two_places`: a code used at one desk and shown
 * at another sooner than anybody gets there. `desk_cloned`: two stories of one desk. `limit_storm`: somebody who goes on asking
 * though they are refused. `made_up_tokens`: one address tries many that nobody has. `failed_sign_ins`: one address fails again and again.
 */
export const suspicionKinds = [
  "failed_validations",
  "forged_codes",
  "code_reuse",
  "two_places",
  "desk_cloned",
  "limit_storm",
  "made_up_tokens",
  "failed_sign_ins",
] as const;
export type SuspicionKind = (typeof suspicionKinds)[number];

/** The least first. Three critical ones within a breaker's window open it. */
export const alertSeverities = ["info", "warning", "critical"] as const;
export type AlertSeverity = (typeof alertSeverities)[number];

export const subjectKinds = ["desk", "member", "key", "guest", "address"] as const;
/** Who or what is suspected. The id of an address is the address. */
export interface AlertSubject {
  kind: (typeof subjectKinds)[number];
  id: string;
}

/** What was seen. No code, no token, nobody's e-mail. */
export interface AlertEvidence {
  /** What the suspected desk, person or program was called. */
  name: string | null;
  /** How often each thing was seen, by the reason of a refusal or the class of a call. */
  seen: Record<string, number>;
  /** The last few it came from. */
  addresses: string[];
  /** The other places it has to do with. */
  elsewhere: string[];
}
export const AlertEvidence: z.ZodType<AlertEvidence> = z.object({
  name: z.string().nullable(),
  seen: z.record(z.string(), z.number()),
  addresses: z.array(z.string()),
  elsewhere: z.array(z.string()),
});

/** One suspicion, however often it was seen since it was raised. */
export interface SecurityAlert {
  id: AlertId;
  kind: SuspicionKind;
  severity: AlertSeverity;
  subject: AlertSubject;
  evidence: AlertEvidence;
  firstAt: Instant;
  lastAt: Instant;
  count: number;
  /** Null: nobody has looked at it yet. */
  acknowledgedAt: Instant | null;
}
export const SecurityAlert: z.ZodType<SecurityAlert> = z.object({
  id: AlertId,
  kind: z.enum(suspicionKinds),
  severity: z.enum(alertSeverities),
  subject: z.object({ kind: z.enum(subjectKinds), id: z.string() }),
  evidence: AlertEvidence,
  firstAt: Instant,
  lastAt: Instant,
  count: z.int().positive(),
  acknowledgedAt: Instant.nullable(),
});

/** Of this tenant; or, for operators, of nobody's: what strangers do before anybody knows whose they are. */
export interface Whose {
  everywhere?: boolean | undefined;
}
const whose = { everywhere: z.boolean().optional() };

/** A page of alerts: open ones first, the newest first among those. */
export interface AlertQuery extends Whose {
  severity?: AlertSeverity | undefined;
  /** Only those that nobody has looked at; or only the others. */
  open?: boolean | undefined;
  /** The last one of the page before. */
  after?: AlertId | undefined;
  /** 1 to 100. */
  limit?: number | undefined;
}
export const AlertQuery: z.ZodType<AlertQuery, Omit<AlertQuery, "after"> & { after?: string | undefined }> =
  z.strictObject({
    ...whose,
    severity: z.enum(alertSeverities).optional(),
    open: z.boolean().optional(),
    after: AlertId.optional(),
    limit: z.int().min(1).max(100).optional(),
  });

export interface AlertPage {
  alerts: SecurityAlert[];
  /** Ask with this as `after` for the next page; null when this was the last. */
  next: AlertId | null;
}
export const AlertPage: z.ZodType<AlertPage> = z.object({
  alerts: z.array(SecurityAlert),
  next: AlertId.nullable(),
});

/** Somebody has looked at it, and done what there was to do. */
export interface AcknowledgeAlert extends Whose {
  alertId: AlertId;
}
export const AcknowledgeAlert: z.ZodType<AcknowledgeAlert, Whose & { alertId: string }> = z.strictObject({
  ...whose,
  alertId: AlertId,
});
/** Left alone: there is no such alert, or somebody was faster. */
export type Acknowledged = { kind: "acknowledged" } | { kind: "left_alone" };
export const Acknowledged: z.ZodType<Acknowledged> = z.object({ kind: z.enum(["acknowledged", "left_alone"]) });

/** The longest address there is. */
const LONGEST_ADDRESS = 45;
/** Of IPv4 one, of IPv6 the /64 around one: what a customer of a network is given. */
const Address: z.ZodType<string, string> = z.union(
  [
    z.ipv4(),
    z.ipv6(),
    z
      .string()
      .max(LONGEST_ADDRESS)
      .regex(/^[0-9a-f:]+::\/64$/i),
  ],
  "Give a network address: 203.0.113.7 or 2001:db8:1:2::/64.",
);

/** From now on nobody is served from there: nobody of this tenant's, or, for operators, nobody at all. */
export interface BlockAddress extends Whose {
  address: string;
  /** For whoever finds it later. */
  because: string;
  /** Left out: until it is lifted. */
  until?: Instant | null | undefined;
}
export const BlockAddress: z.ZodType<BlockAddress, BlockAddress> = z.strictObject({
  ...whose,
  address: Address,
  because: StorableText.trim().min(1).max(200),
  until: Instant.nullish(),
});

export interface BlockedAddress {
  address: string;
  because: string;
  blockedBy: MemberId | null;
  blockedAt: Instant;
  until: Instant | null;
}
export const BlockedAddress: z.ZodType<BlockedAddress> = z.object({
  address: z.string(),
  because: z.string(),
  blockedBy: z
    .string()
    .transform((id) => id as MemberId)
    .nullable(),
  blockedAt: Instant,
  until: Instant.nullable(),
});

/** `your_own_address`: who asks sits there. `already_over`: the end lies in the past. `too_many`: a thousand are blocked. */
export const blockRefusals = {
  your_own_address: {
    say: "You are at this address yourself.",
    next: "Block it from another network, or block the desk or the person instead.",
  },
  already_over: { say: "That end lies in the past.", next: "Choose a later one, or none." },
  too_many: { say: "A thousand addresses are blocked.", next: "Lift some that are not needed any more." },
} as const;
export type BlockRefusal = keyof typeof blockRefusals;
const reasons = Object.keys(blockRefusals) as [BlockRefusal, ...BlockRefusal[]];

export type BlockOutcome =
  | { kind: "blocked"; block: BlockedAddress }
  | { kind: "refused"; because: BlockRefusal; say: string; next: string };
export const BlockOutcome: z.ZodType<BlockOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("blocked"), block: BlockedAddress }),
  z.object({ kind: z.literal("refused"), because: z.enum(reasons), say: z.string(), next: z.string() }),
]);

/** Whoever is there is served again. */
export interface UnblockAddress extends Whose {
  address: string;
}
export const UnblockAddress: z.ZodType<UnblockAddress, UnblockAddress> = z.strictObject({ ...whose, address: Address });
/** Left alone: it is not blocked. */
export type Unblocked = { kind: "unblocked" } | { kind: "left_alone" };
export const Unblocked: z.ZodType<Unblocked> = z.object({ kind: z.enum(["unblocked", "left_alone"]) });

/** Whose blocked addresses. */
export interface BlockedQuery extends Whose {}
export const BlockedQuery: z.ZodType<BlockedQuery | undefined, BlockedQuery | undefined> = z
  .strictObject(whose)
  .optional();
