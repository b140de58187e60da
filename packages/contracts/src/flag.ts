import { z } from "zod";
import { Instant } from "./ids.ts";
import { StorableText } from "./text.ts";

/** Every flag the product reads. Removing one breaks each use at compile time. */
export const flagKeys = ["qr-checkout-enabled", "ff/qr_unified_portal"] as const;
export type FlagKey = (typeof flagKeys)[number];
export const FlagKey: z.ZodType<FlagKey, FlagKey> = z.enum(flagKeys);

/**
 * Why a flag came out as it did: OpenFeature's words, then our own. `OVERRIDE`: the deployment's environment says so.
 * `TARGETING_KEY_MISSING`: the rule asks for somebody, and nobody was named.
 */
export const flagReasons = [
  "STATIC",
  "DEFAULT",
  "TARGETING_MATCH",
  "SPLIT",
  "CACHED",
  "DISABLED",
  "UNKNOWN",
  "STALE",
  "ERROR",
  "KILLED",
  "BREAKER_OPEN",
  "PREREQUISITE",
  "TARGETING_KEY_MISSING",
  "OVERRIDE",
] as const;
export type FlagReason = (typeof flagReasons)[number];

/** The rules in the order they are asked; the first that has an answer decides. */
export const flagRules = [
  "archived",
  "killed",
  "breaker",
  "environment",
  "enabled",
  "prerequisites",
  "deny",
  "allow",
  "tenants",
  "percentage",
  "default",
] as const;
export type FlagRule = (typeof flagRules)[number];

/** How people are put into buckets; kept with every flag, so that a better way can come beside it. */
export const flagScheme = "mm3-shift-1";

/** What a flag carries besides on and off: the guest portal's settings. */
export interface PortalValues {
  camera_enabled: boolean;
  offline_enabled: boolean;
  short_urls_enabled: boolean;
  /** 1 to 1,000. */
  max_requests_per_session: number;
}
export const PortalValues: z.ZodType<PortalValues> = z.object({
  camera_enabled: z.boolean(),
  offline_enabled: z.boolean(),
  short_urls_enabled: z.boolean(),
  max_requests_per_session: z.int().min(1).max(1_000),
});

/** What holds where a flag that carries values does not set one. */
export const portalDefaults: PortalValues = {
  camera_enabled: true,
  offline_enabled: true,
  short_urls_enabled: true,
  max_requests_per_session: 10,
};

export interface FlagDecision {
  key: FlagKey;
  value: boolean;
  reason: FlagReason;
  rule: FlagRule;
  /** 0 to 99,999, where a share decided or was asked; null elsewhere. */
  bucket: number | null;
  scheme: typeof flagScheme;
  /** Rises with every change of any flag; the higher one is the newer. 0: nobody ever made this flag. */
  revision: number;
  /** Who answers has not heard of the flags for longer than it should; this is the last it knew. */
  stale: boolean;
  /** null for a flag that carries none. */
  values: PortalValues | null;
}
export const FlagDecision: z.ZodType<FlagDecision> = z.object({
  key: FlagKey,
  value: z.boolean(),
  reason: z.enum(flagReasons),
  rule: z.enum(flagRules),
  bucket: z.int().min(0).max(99_999).nullable(),
  scheme: z.literal(flagScheme),
  revision: z.int().nonnegative(),
  stale: z.boolean(),
  values: PortalValues.nullable(),
});

/** Every flag as it is for who hears it. The newest message takes the place of those before. */
export interface FlagNews {
  flags: FlagDecision[];
}

/** Switches a flag off everywhere, at once. */
export interface KillFlag {
  key: FlagKey;
  /** Why, for the audit: 3 to 500 characters. */
  because: string;
}
export const FlagBecause: z.ZodType<string> = StorableText.trim().min(3).max(500);
export const KillFlag: z.ZodType<KillFlag> = z.strictObject({ key: FlagKey, because: FlagBecause });

export interface KilledFlag {
  key: FlagKey;
  killedAt: Instant;
  revision: number;
}
export const KilledFlag: z.ZodType<KilledFlag> = z.object({
  key: FlagKey,
  killedAt: Instant,
  revision: z.int().nonnegative(),
});
