import { z } from "zod";
import { type FlagKey, flagKeys, type PortalValues } from "../flag.ts";
import { TenantId } from "../ids.ts";
import { StorableText } from "../text.ts";

/** The most ids in one list. */
export const MOST_IDS = 100_000;

/** What a percentage is taken of. A flag for users counts people, whatever they hold in their hands. */
export const flagUnits = ["user", "device", "tenant", "resource"] as const;
export type FlagUnit = (typeof flagUnits)[number];

type Optional<Values> = { [Name in keyof Values]?: Values[Name] | undefined };

/**
 * The column `config`, in the words of the operators' documents.
 * `rollout`: `everyone` (also when left out), `whitelist` (nobody but the lists), `percentage` (the lists, and a share).
 */
export interface FlagConfig extends Optional<PortalValues> {
  rollout?: "everyone" | "whitelist" | "percentage" | undefined;
  /** 0 to 100 in steps of 0.001. */
  percentage?: number | undefined;
  /** `user` when left out. */
  unit?: FlagUnit | undefined;
  /** On for these, whatever the tenants and the share say. */
  users?: string[] | undefined;
  resources?: string[] | undefined;
  devices?: string[] | undefined;
}

const TOO_MANY = `no more than ${MOST_IDS} ids go into one list`;
const Ids = z.array(StorableText.min(1).max(200)).max(MOST_IDS, TOO_MANY);
export const Percentage: z.ZodType<number> = z
  .number()
  .min(0)
  .max(100)
  .refine((value) => Number.isInteger(Math.round(value * 1e9) / 1e6), "steps of 0.001 are the finest there are");

export const FlagConfig: z.ZodType<FlagConfig> = z
  .strictObject({
    rollout: z.enum(["everyone", "whitelist", "percentage"]).optional(),
    percentage: Percentage.optional(),
    unit: z.enum(flagUnits).optional(),
    users: Ids.optional(),
    resources: Ids.optional(),
    devices: Ids.optional(),
    camera_enabled: z.boolean().optional(),
    offline_enabled: z.boolean().optional(),
    short_urls_enabled: z.boolean().optional(),
    max_requests_per_session: z.int().min(1).max(1_000).optional(),
  })
  .refine((config) => config.rollout !== "percentage" || config.percentage !== undefined, {
    path: ["percentage"],
    message: "a rollout by percentage needs one",
  });

/** Off for these, whatever else is set. */
export interface FlagDenied {
  users?: string[] | undefined;
  resources?: string[] | undefined;
  devices?: string[] | undefined;
  tenants?: TenantId[] | undefined;
}
export const FlagDenied: z.ZodType<FlagDenied> = z.strictObject({
  users: Ids.optional(),
  resources: Ids.optional(),
  devices: Ids.optional(),
  tenants: z.array(TenantId).max(MOST_IDS, TOO_MANY).optional(),
});

/** The flags that carry values besides on and off. */
export const carriesValues: Record<FlagKey, boolean> = {
  "qr-checkout-enabled": false,
  "ff/qr_unified_portal": true,
};

/**
 * @param key A flag.
 * @returns The variable that overrides it in a deployment: `FEATURE_QR_CHECKOUT` for `qr-checkout-enabled`.
 */
export const overrideName = (key: FlagKey): string =>
  `FEATURE_${key
    .replace(/^ff\//, "")
    .replace(/-enabled$/, "")
    .replace(/[^a-z0-9]/g, "_")
    .toUpperCase()}`;

/** @returns Whether it is a flag of the product; the database may have those of another release. */
export const isFlagKey = (key: string): key is FlagKey => flagKeys.some((known) => known === key);
