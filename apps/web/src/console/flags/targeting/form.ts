import { type PortalValues, portalDefaults, type TenantId } from "@tessera/contracts";
import {
  type FlagConfig,
  type FlagDenied,
  type FlagSetting,
  type FlagSettings,
  type FlagUnit,
  isSameSetting,
} from "@tessera/contracts/flags";
import { type Duration, durationOf, minutesOf } from "../../controls/duration.ts";
import { parsePercent } from "../../controls/percent.ts";
import { idsIn, linesOf } from "./id-list.ts";

/** The settings of a flag as they are typed. */
export interface TargetingForm {
  description: string;
  enabled: boolean;
  archived: boolean;
  rollout: NonNullable<FlagConfig["rollout"]>;
  percentage: string;
  unit: FlagUnit;
  /** One id a line, as everywhere below. */
  allowed: { users: string; resources: string; devices: string };
  denied: { users: string; resources: string; devices: string; tenants: string };
  tenants: "all" | "some";
  targetTenants: string;
  /** Empty: no share of them. */
  tenantShare: string;
  prerequisites: FlagSettings["prerequisites"];
  values: {
    camera_enabled: boolean;
    offline_enabled: boolean;
    short_urls_enabled: boolean;
    max_requests_per_session: string;
  };
  age: Duration;
  after: FlagSettings["age"]["after"];
  because: string;
}

export function formOf({ config, denied, ...setting }: FlagSettings): TargetingForm {
  const { targetTenants, tenantShare, age } = setting;
  const values = { ...portalDefaults, ...withoutUnset(portalOf(config)) };
  return {
    description: setting.description,
    enabled: setting.enabled,
    archived: setting.archived,
    rollout: config.rollout ?? "everyone",
    percentage: String(config.percentage ?? 10),
    unit: config.unit ?? "user",
    allowed: { users: linesOf(config.users), resources: linesOf(config.resources), devices: linesOf(config.devices) },
    denied: {
      users: linesOf(denied.users),
      resources: linesOf(denied.resources),
      devices: linesOf(denied.devices),
      tenants: linesOf(denied.tenants),
    },
    tenants: targetTenants === null && tenantShare === null ? "all" : "some",
    targetTenants: linesOf(targetTenants),
    tenantShare: tenantShare === null ? "" : String(tenantShare),
    prerequisites: setting.prerequisites,
    values: { ...values, max_requests_per_session: String(values.max_requests_per_session) },
    age: durationOf(age.minutes),
    after: age.after,
    because: "",
  };
}

/**
 * @param form What was typed.
 * @param was What it was made from. What cannot be read as a number stays as it was there.
 * @returns The settings.
 */
export function settingsIn(form: TargetingForm, was: FlagSettings): FlagSettings {
  const isAll = form.tenants === "all";
  const share = form.tenantShare.trim() === "" ? null : (parsePercent(form.tenantShare) ?? was.tenantShare);
  const chosen = idsIn(form.targetTenants) as TenantId[];
  // A share alone leaves the list as it was: none and an empty one mean the same beside it.
  const list = chosen.length === 0 && share !== null ? (was.targetTenants?.length ? [] : was.targetTenants) : chosen;
  return {
    description: form.description.trim(),
    enabled: form.enabled,
    archived: form.archived,
    targetTenants: isAll ? null : list,
    tenantShare: isAll ? null : share,
    config: configIn(form, was.config),
    denied: withoutUnset(listsIn(form.denied)) as FlagDenied,
    prerequisites: form.prerequisites,
    age: { minutes: Math.round(minutesOf(form.age) ?? was.age.minutes), after: form.after },
  };
}

function configIn(form: TargetingForm, was: FlagConfig): FlagConfig {
  const { rollout, unit, values } = form;
  const isShare = rollout === "percentage";
  const percentage = parsePercent(form.percentage) ?? was.percentage;
  const requests = Number(values.max_requests_per_session);
  const portal: PortalValues = {
    ...values,
    max_requests_per_session: isRequests(requests)
      ? requests
      : (was.max_requests_per_session ?? portalDefaults.max_requests_per_session),
  };
  return withoutUnset({
    rollout: rollout === "everyone" && was.rollout === undefined ? undefined : rollout,
    percentage: isShare || was.percentage !== undefined ? percentage : undefined,
    unit: unit === "user" && was.unit === undefined ? undefined : unit,
    ...listsIn(form.allowed),
    ...valuesThatSay(portal, was),
  });
}

export const isRequests = (number: number): boolean => Number.isInteger(number) && number >= 1 && number <= 1_000;

/** Values that were never set and are as they are without being set stay unset. */
function valuesThatSay(portal: PortalValues, was: FlagConfig): Partial<PortalValues> {
  const names = Object.keys(portalDefaults) as (keyof PortalValues)[];
  const said = names.filter((name) => was[name] !== undefined || portal[name] !== portalDefaults[name]);
  return Object.fromEntries(said.map((name) => [name, portal[name]]));
}

const listsIn = <Name extends string>(lists: Record<Name, string>) =>
  Object.fromEntries(
    Object.entries<string>(lists).map(([name, text]) => {
      const ids = idsIn(text);
      return [name, ids.length === 0 ? undefined : ids];
    }),
  ) as Record<Name, string[] | undefined>;

const portalOf = ({ camera_enabled, offline_enabled, short_urls_enabled, max_requests_per_session }: FlagConfig) => {
  return { camera_enabled, offline_enabled, short_urls_enabled, max_requests_per_session };
};

const withoutUnset = <Value extends object>(value: Value) =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [Name in keyof Value]: Exclude<Value[Name], undefined>;
  };

/** @returns Only those of the settings that are not as they were: what is not named is not written. */
export function changesIn(form: TargetingForm, was: FlagSetting): Partial<FlagSettings> {
  const wanted = settingsIn(form, was);
  const names = Object.keys(wanted) as (keyof FlagSettings)[];
  const changed = names.filter((name) => !isSameSetting(wanted[name], was[name]));
  return Object.fromEntries(changed.map((name) => [name, wanted[name]]));
}

/**
 * Puts what was typed onto settings that somebody changed meanwhile.
 *
 * @returns Of each box what was typed there; where nothing was, what it is now.
 */
export const rebased = (mine: TargetingForm, was: FlagSettings, now: FlagSettings): TargetingForm =>
  mergedOnto(formOf(now), mine, formOf(was));

type Boxes = Readonly<Record<string, unknown>>;

const isBoxes = (value: unknown): value is Boxes =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function mergedOnto<Form extends object>(now: Form, mine: Form, was: Form): Form {
  const names = Object.keys(now) as (keyof Form)[];
  const merged = names.map((name) => {
    const [current, typed, before] = [now[name], mine[name], was[name]];
    if (isBoxes(current) && isBoxes(typed) && isBoxes(before)) return [name, mergedOnto(current, typed, before)];
    return [name, isSameSetting(typed, before) ? current : typed];
  });
  return Object.fromEntries(merged) as Form;
}

/** The names that the columns have in the database, as the history shows them. */
export function columnsOf({
  targetTenants,
  tenantShare,
  age,
  ...same
}: Partial<FlagSettings>): Record<string, unknown> {
  return {
    ...same,
    ...(targetTenants !== undefined && { target_tenants: targetTenants }),
    ...(tenantShare !== undefined && { tenant_share: tenantShare }),
    ...(age && { age_minutes: age.minutes, age_after: age.after }),
  };
}
