import { z } from "zod";
import { Instant } from "./ids.ts";

/** Every flag the product reads. Removing one breaks each use at compile time. */
export const flagKeys = ["qr-checkout-enabled"] as const;
export type FlagKey = (typeof flagKeys)[number];
export const FlagKey: z.ZodType<FlagKey> = z.enum(flagKeys);

/** Why a flag came out as it did: OpenFeature's words plus our own. */
export type FlagReason = "STATIC" | "TARGETING_MATCH" | "DEFAULT" | "DISABLED" | "KILLED" | "UNKNOWN";

export interface FlagDecision {
  key: FlagKey;
  value: boolean;
  reason: FlagReason;
  /** Rises with every change of any flag; the higher one is the newer. */
  revision: number;
}
export const FlagDecision: z.ZodType<FlagDecision> = z.object({
  key: FlagKey,
  value: z.boolean(),
  reason: z.enum(["STATIC", "TARGETING_MATCH", "DEFAULT", "DISABLED", "KILLED", "UNKNOWN"]),
  revision: z.int().nonnegative(),
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
export const KillFlag: z.ZodType<KillFlag> = z.strictObject({
  key: FlagKey,
  because: z.string().trim().min(3).max(500),
});

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
