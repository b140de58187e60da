import { randomUUID } from "node:crypto";
import { GATE } from "../sql-bench.ts";
import { relayAll, trialRun } from "../trial-run.ts";
import { trialTenant } from "../trial-tenant.ts";
import type { SqlTrial } from "./trial.ts";

const BEFORE_WRITING = "    IF t_n IS NOT NULL THEN\n      -- 3 The thing goes out or comes back";

/**
 * Two scans of one code. The first is held up between reading the code and writing it; meanwhile the second is decided and
 * the thing comes back, so that nothing but the code itself stands in the way of the first.
 */
export const pausedWriter: SqlTrial = {
  faultNeeds: { function: "redeem_codes", find: BEFORE_WRITING, replace: `    ${GATE}\n${BEFORE_WRITING}` },

  async play(bench, isFaulty) {
    const tenant = await trialTenant(bench.ask);
    const thing = await tenant.thing();
    const [code, back] = [await tenant.code(thing), await tenant.code(thing, "check_in")];

    const scan = randomUUID();
    const gate = isFaulty ? await bench.closeGate(scan) : null;
    const slow = tenant.redeem(bench.product, code, scan);
    await bench.untilWaiting(1, slow);
    const quick = tenant.redeem(bench.product, code);
    await bench.untilWaiting(2, quick); // the product makes it wait for the row
    if (tenant.entries.length > 0) await tenant.redeem(bench.product, back);
    await gate?.open();
    await Promise.all([slow, quick]);

    await relayAll(bench.product);
    return trialRun(bench.ask, [tenant]);
  },
};
