import type { FlagSettings } from "@tessera/contracts/flags";
import { counted, countedIds, unitNames } from "./counted.ts";

/** Whom a flag is for once it is on. */
export interface Audience {
  text: string;
  reach: "everybody" | "some" | "nobody";
}

type Settings = Pick<FlagSettings, "targetTenants" | "tenantShare" | "config" | "denied" | "prerequisites">;

/** @returns In one sentence without its full stop: "10 % of people in 2 tenants, and 3 people by name". */
export function audienceOf(settings: Settings): Audience {
  const { config, denied, prerequisites } = settings;
  const named = countedIds(config);
  const rule = ruleOf(settings);
  const except = countedIds(denied);
  const isOpen = rule.reach === "everybody" && !except && prerequisites.length === 0;

  const text = [
    named && rule.reach !== "everybody" ? withNamed(rule, named) : rule.text,
    except && `, except ${except} by name`,
    prerequisites.length > 0 && `, where ${prerequisites.join(" and ")} is on`,
  ];
  const reach = isOpen ? "everybody" : rule.reach === "nobody" && !named ? "nobody" : "some";
  return { text: text.filter(Boolean).join(""), reach };
}

const withNamed = (rule: Audience, named: string): string =>
  rule.reach === "nobody" ? `Only ${named} by name` : `${rule.text}, and ${named} by name`;

function ruleOf({ config, targetTenants, tenantShare }: Settings): Audience {
  const { rollout = "everyone", percentage = 0, unit = "user" } = config;
  const hasTenants = targetTenants === null ? true : targetTenants.length > 0 || tenantShare !== null;
  if (rollout === "whitelist") return { text: "Nobody: its lists are empty", reach: "nobody" };
  if (!hasTenants) return { text: "Nobody: no tenant is chosen", reach: "nobody" };

  const isAll = targetTenants === null && tenantShare === null;
  const where = tenantsOf(targetTenants, tenantShare);
  if (rollout === "everyone") return { text: `Everybody in ${where}`, reach: isAll ? "everybody" : "some" };

  const share = `${percentage} % of ${unitNames[unit].many}`;
  const text = unit !== "tenant" ? `${share} in ${where}` : isAll ? share : `${share} among ${where}`;
  if (percentage === 0) return { text: `Nobody yet: ${text}`, reach: "nobody" };
  return { text, reach: isAll && percentage === 100 ? "everybody" : "some" };
}

function tenantsOf(list: readonly string[] | null, share: number | null): string {
  if (list === null && share === null) return "all tenants";
  const some = list && list.length > 0 ? counted(list.length, "tenant", "tenants") : "";
  const oldest = share === null ? "" : `the oldest ${share} % of tenants`;
  return [some, oldest].filter(Boolean).join(" and ");
}
