import type { CanaryCandidate, FlagSetting, FlagSettings, RampReach } from "@tessera/contracts/flags";

/**
 * The settings that let in whom a reach says. Who is let in already by a list stays in, save those of the cohort who are more
 * than a step for fewer of them lets in: who came first stays.
 *
 * @param setting The flag as it is set.
 * @param reach Whom it is for from now on. `nobody` only switches the flag off: everything else is there for the next try.
 * @param cohort Ids of the members of the cohort, in the order of their places; asked only where the reach is of a cohort.
 * @returns What to change of the settings.
 */
export function settingsFor(
  setting: FlagSetting,
  reach: RampReach | "nobody",
  cohort: readonly string[],
): Partial<FlagSettings> {
  if (reach === "nobody") return { enabled: false };
  return { enabled: true, archived: false, ...letsIn(setting, reach, cohort) };
}

function letsIn(setting: FlagSetting, reach: RampReach, cohort: readonly string[]): Partial<FlagSettings> {
  const { config, targetTenants } = setting;
  switch (reach.kind) {
    case "percentage":
      return { config: { ...config, rollout: "percentage", percentage: reach.percentage } };
    case "tenants":
      return {
        config: { ...config, rollout: "everyone" }, // all of a tenant: a list or a share of people would keep most of them out
        ...(reach.share < 100
          ? { targetTenants: targetTenants ?? [], tenantShare: reach.share }
          : { targetTenants: null, tenantShare: null }),
      };
    case "cohort": {
      const [listed, invited] = [new Set(config.users), new Set(cohort)];
      const others = [...listed].filter((id) => !invited.has(id));
      const inTurn = [...[...listed].filter((id) => invited.has(id)), ...cohort.filter((id) => !listed.has(id))];
      return { config: { ...config, rollout: "whitelist", users: [...others, ...inTurn.slice(0, reach.size)] } };
    }
  }
}

/** The guide wants tenants with more scans a week than this. */
const ACTIVE_ABOVE = 50;

/**
 * Chooses two tenants to try a feature first, by the guide's criteria: active, somebody there who can report what goes
 * wrong, and unlike each other, so that they use it differently.
 *
 * @param candidates The tenants to choose from.
 * @returns The same in the same order, `isPicked` on two: the most active that meets the criteria, and the most active
 *   after it of another template, or else of the same. On fewer, where fewer meet them.
 */
export function pickCanaries(candidates: readonly CanaryCandidate[]): CanaryCandidate[] {
  const [first, ...others] = candidates
    .filter(({ scansInWeek, hasAdmin }) => scansInWeek > ACTIVE_ABOVE && hasAdmin)
    .sort(busiestFirst);
  const second = others.find(({ template }) => template !== first?.template) ?? others[0];
  const picked = new Set([first?.tenantId, second?.tenantId]);
  return candidates.map((candidate) => ({ ...candidate, isPicked: picked.has(candidate.tenantId) }));
}

/** Of two as busy as each other always the same one is chosen, whatever order they come in. */
const busiestFirst = (one: CanaryCandidate, other: CanaryCandidate): number =>
  other.scansInWeek - one.scansInWeek || (one.tenantId < other.tenantId ? -1 : 1);
