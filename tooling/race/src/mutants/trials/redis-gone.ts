import { now } from "../../time.ts";
import { trialRun } from "../trial-run.ts";
import type { ServerTrial } from "./server-trial.ts";
import { untilNumbered } from "./until-numbered.ts";

const SCANS = 3;

/** F13: every Redis is dead. It must cost nobody their answer. */
export const redisGone: ServerTrial = {
  withRedis: true,
  budgets: { F13: 0 },
  async play({ bench, tenant, killRedis, scan }, isFaulty) {
    if (isFaulty) await killRedis();
    const from = now();
    for (let scans = 0; scans < SCANS; scans++) await scan(await tenant.code(await tenant.thing()));
    const faults = isFaulty ? [{ fault: "F13", from, until: now() }] : [];
    await untilNumbered(bench, tenant);
    return { ...(await trialRun(bench.ask, [tenant])), faults };
  },
};
