import {
  type FlagDecision,
  type FlagReason,
  type FlagRule,
  flagScheme,
  type PortalValues,
  portalDefaults,
  type TenantId,
} from "@tessera/contracts";
import {
  carriesValues,
  type FlagConfig,
  type FlagDenied,
  type FlagSetting,
  type FlagSubject,
  type FlagUnit,
} from "@tessera/contracts/flags";
import { BUCKETS, bucketsOf, edgeOf } from "./bucket.ts";
import { type IdList, idList } from "./id-list.ts";

/** What all decisions of one flag have in common. */
export interface Verdicts {
  /** Made once: a decision without a bucket is the same for everybody. */
  fixed(value: boolean, reason: FlagReason, rule: FlagRule): FlagDecision;
  bucketed(value: boolean, reason: FlagReason, rule: FlagRule, bucket: number): FlagDecision;
}

/** One rule of one flag. Rules that say nothing for anybody have no step, so they cost nothing. */
export interface Step {
  rule: FlagRule;
  /** @returns null when it says nothing for this one. */
  decide(subject: FlagSubject): FlagDecision | null;
  /** @returns null when it does not keep everybody of the tenant out, nor lets anybody in. */
  reaches(tenant: TenantId): FlagDecision | null;
  /** The facts it decides by, for a person. */
  says(subject: FlagSubject): string;
}

/**
 * @param setting The flag, whose values go with each of its decisions.
 * @param stale Whether what is known may be old.
 */
export function verdictsOf(setting: FlagSetting, stale: boolean): Verdicts {
  const { key, revision } = setting;
  const values = carriesValues[key] ? Object.freeze(valuesIn(setting.config)) : null;
  const make = (value: boolean, reason: FlagReason, rule: FlagRule, bucket: number | null): FlagDecision => {
    return { key, value, reason, rule, bucket, scheme: flagScheme, revision, stale, values };
  };
  return {
    fixed: (value, reason, rule) => Object.freeze(make(value, reason, rule, null)),
    bucketed: make,
  };
}

function valuesIn({ camera_enabled, offline_enabled, short_urls_enabled, max_requests_per_session }: FlagConfig) {
  const values: PortalValues = { ...portalDefaults };
  if (camera_enabled !== undefined) values.camera_enabled = camera_enabled;
  if (offline_enabled !== undefined) values.offline_enabled = offline_enabled;
  if (short_urls_enabled !== undefined) values.short_urls_enabled = short_urls_enabled;
  if (max_requests_per_session !== undefined) values.max_requests_per_session = max_requests_per_session;
  return values;
}

/** A step that answers the same whoever asks. */
export function always(rule: FlagRule, decision: FlagDecision, says: string): Step {
  return { rule, decide: () => decision, reaches: () => decision, says: () => says };
}

const UNIT_OF: Record<FlagUnit, (subject: FlagSubject) => string | null | undefined> = {
  user: (subject) => subject.userId,
  device: (subject) => subject.deviceId,
  tenant: (subject) => subject.tenantId,
  resource: (subject) => subject.resourceId,
};

/** @returns Who is in which bucket of a salt, and whose share that is. */
function shareOf({ config }: FlagSetting, salt: string) {
  const unit = config.unit ?? "user";
  return { unit, idOf: UNIT_OF[unit], bucketOf: bucketsOf(salt) };
}

/**
 * A new try after a trip: on for a share of those whom the rules below let in, the same ones each time. Its buckets are its
 * own: by those of the rollout, a try with 10 % would be everybody whom a rollout of 10 % lets in.
 */
export function retryStep(setting: FlagSetting, percent: number, { fixed, bucketed }: Verdicts): Step {
  const { unit, idOf, bucketOf } = shareOf(setting, `${setting.salt}:try`);
  const edge = edgeOf(percent);
  const off = fixed(false, "BREAKER_OPEN", "breaker");
  function decideFor(id: string | null | undefined): FlagDecision | null {
    if (!id) return off;
    const bucket = bucketOf(id);
    return bucket < edge ? null : bucketed(false, "BREAKER_OPEN", "breaker", bucket);
  }
  return {
    rule: "breaker",
    decide: (subject) => decideFor(idOf(subject)),
    reaches: unit === "tenant" ? decideFor : () => (edge > 0 ? null : off),
    says(subject) {
      const id = idOf(subject);
      return `The breaker tries again with ${percent} % of the ${unit}s it was on for; ${id ? `${id} is in its bucket ${bucketOf(id)}` : `no ${unit} was named`}, and buckets below ${edge} are in.`;
    },
  };
}

/** @returns null when nobody is named. */
export function denyStep({ denied }: FlagSetting, { fixed }: Verdicts): Step | null {
  const lists = listsOf(denied);
  if (lists === null) return null;
  const off = fixed(false, "TARGETING_MATCH", "deny");
  return {
    rule: "deny",
    decide: (subject) => (whichOf(lists, subject) === null ? null : off),
    reaches: (tenant) => (lists.tenants?.has(tenant) ? off : null),
    says: (subject) => `The deny list ${listed(whichOf(lists, subject))}.`,
  };
}

/** @returns null when nobody is named. */
export function allowStep({ config }: FlagSetting, { fixed }: Verdicts): Step | null {
  const lists = listsOf({ users: config.users, resources: config.resources, devices: config.devices });
  if (lists === null) return null;
  const on = fixed(true, "TARGETING_MATCH", "allow");
  return {
    rule: "allow",
    decide: (subject) => (whichOf(lists, subject) === null ? null : on),
    reaches: () => on, // somebody who is named may be anywhere
    says: (subject) => `The allow list ${listed(whichOf(lists, subject))}.`,
  };
}

/** Null for a list that names nobody. */
type Lists = Record<keyof FlagDenied, IdList | null>;

function listsOf({ users, resources, devices, tenants }: FlagDenied): Lists | null {
  const listOf = (ids: readonly string[] | undefined) => (ids?.length ? idList(ids) : null);
  const lists = {
    users: listOf(users),
    resources: listOf(resources),
    devices: listOf(devices),
    tenants: listOf(tenants),
  };
  return Object.values(lists).some((list) => list !== null) ? lists : null;
}

function whichOf({ users, resources, devices, tenants }: Lists, subject: FlagSubject): string | null {
  const { userId, resourceId, deviceId, tenantId } = subject;
  if (users && userId && users.has(userId)) return "user";
  if (resources && resourceId && resources.has(resourceId)) return "resource";
  if (devices && deviceId && devices.has(deviceId)) return "device";
  if (tenants?.has(tenantId)) return "tenant";
  return null;
}

const listed = (which: string | null) => (which ? `names this ${which}` : "does not name them");

/**
 * @returns The oldest `percent` of the active tenants; rounded as a LIMIT of the operators' SQL is, half upwards. In whole
 * thousandths, for 64.6 % of 250 would be a hair less than the half it is.
 */
export const oldestShare = (tenantsByAge: readonly TenantId[], percent: number): readonly TenantId[] =>
  tenantsByAge.slice(0, Math.round((tenantsByAge.length * edgeOf(percent)) / BUCKETS));

/** @returns null when the flag is for all tenants. */
export function tenantStep(setting: FlagSetting, tenantsByAge: readonly TenantId[], { fixed }: Verdicts): Step | null {
  const { targetTenants, tenantShare, config } = setting;
  if (targetTenants === null && tenantShare === null) return null;
  const oldest = tenantShare === null ? [] : oldestShare(tenantsByAge, tenantShare);
  const named = new Set([...(targetTenants ?? []), ...oldest]);
  const inside = idList(named);
  const isLast = (config.rollout ?? "everyone") === "everyone";
  const on = isLast ? fixed(true, "TARGETING_MATCH", "tenants") : null;
  const off = fixed(false, "DEFAULT", "tenants");
  return {
    rule: "tenants",
    decide: (subject) => (inside.has(subject.tenantId) ? on : off),
    reaches: (tenant) => (inside.has(tenant) ? on : off),
    says: (subject) =>
      `It is for ${named.size === 1 ? "one tenant" : `${named.size} tenants`}${tenantShare === null ? "" : `, the oldest ${tenantShare} % among them`}; this one is ${inside.has(subject.tenantId) ? "" : "not "}one of them.`,
  };
}

/** @returns null when the flag is not rolled out by percentage. */
export function percentageStep(setting: FlagSetting, { fixed, bucketed }: Verdicts): Step | null {
  const { rollout, percentage = 0 } = setting.config;
  if (rollout !== "percentage") return null;
  const { unit, idOf, bucketOf } = shareOf(setting, setting.salt);
  const edge = edgeOf(percentage);
  const missing = fixed(false, "TARGETING_KEY_MISSING", "percentage");
  const some = fixed(edge > 0, "SPLIT", "percentage");
  function decideFor(id: string | null | undefined): FlagDecision {
    if (!id) return missing;
    const bucket = bucketOf(id);
    return bucketed(bucket < edge, "SPLIT", "percentage", bucket);
  }
  return {
    rule: "percentage",
    decide: (subject) => decideFor(idOf(subject)),
    reaches: unit === "tenant" ? decideFor : () => some,
    says(subject) {
      const id = idOf(subject);
      return id
        ? `${percentage} % of all ${unit}s: ${id} is in bucket ${bucketOf(id)}, and buckets below ${edge} are in.`
        : `${percentage} % of all ${unit}s, and no ${unit} was named.`;
    },
  };
}
