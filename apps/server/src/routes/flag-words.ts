import { FlagBecause, FlagKey, TenantId } from "@tessera/contracts";
import {
  FlagAge,
  FlagConfig,
  FlagDenied,
  type FlagSetting,
  type FlagSettings,
  MOST_IDS,
  Percentage,
} from "@tessera/contracts/flags";
import { z } from "zod";

/** What somebody wants of a flag. */
export interface Wanted {
  set: Partial<FlagSettings>;
  /** True: the kill switch. False: it should be lifted, which nobody can from here. */
  killed: boolean | undefined;
  because: string;
}

/** The words of the operators' documents, which are those of the table. What nobody reads is refused: it may be a slip. */
const Words = z
  .strictObject({
    enabled: z.boolean(),
    is_enabled: z.boolean(),
    archived: z.boolean(),
    description: z.string().max(500),
    config: FlagConfig,
    target_tenants: z.array(TenantId).max(MOST_IDS, `no more than ${MOST_IDS} tenants can be named`).nullable(),
    tenant_share: Percentage.nullable(),
    denied: FlagDenied,
    prerequisites: z.array(FlagKey).max(10),
    age: FlagAge,
    killed: z.boolean(),
    because: FlagBecause,
  })
  .partial()
  .refine(({ enabled = null, is_enabled = enabled }) => enabled === null || enabled === is_enabled, {
    message: "enabled and is_enabled say two things",
  });

const FIRST = 3;

/**
 * @param body As it was sent.
 * @returns What is wanted, or what is wrong with it, in words for who sent it.
 */
export function wantedIn(body: unknown): { wanted: Wanted } | { wrong: string } {
  const read = Words.safeParse(body);
  if (!read.success) return { wrong: read.error.issues.slice(0, FIRST).map(saying).join("; ") };
  const { enabled, is_enabled, target_tenants, tenant_share, killed, because = "over HTTP", ...same } = read.data;
  const isOn = enabled ?? is_enabled;
  const set = {
    ...same,
    ...(isOn !== undefined && { enabled: isOn }),
    ...(target_tenants !== undefined && { targetTenants: target_tenants }),
    ...(tenant_share !== undefined && { tenantShare: tenant_share }),
  } as Partial<FlagSettings>; // zod says of what was not sent that it may be undefined; it is not there
  if (killed === undefined && Object.keys(set).length === 0) {
    return { wrong: 'there is nothing to change: send a JSON object such as {"enabled": false}' };
  }
  return { wanted: { set, killed, because } };
}

const saying = ({ path, message }: { path: PropertyKey[]; message: string }): string =>
  path.length > 0 ? `${path.join(".")}: ${message}` : message;

/** @returns A flag in the words of the documents. */
export function inWords({ targetTenants, tenantShare, updatedAt, ...setting }: FlagSetting): Record<string, unknown> {
  const { key, description, enabled, archived, config, denied, prerequisites, age, killed, breaker, revision } =
    setting;
  return {
    ...{
      key,
      description,
      enabled,
      archived,
      target_tenants: targetTenants,
      tenant_share: tenantShare,
      config,
      denied,
    },
    ...{ prerequisites, age, killed, breaker, revision, updated_at: updatedAt },
  };
}
