import { newScanId } from "@tessera/sdk/node";
import { trialRun } from "../trial-run.ts";
import type { ServerTrial } from "./server-trial.ts";
import { untilNumbered } from "./until-numbered.ts";

/** F20: the network delivers one request twice. */
export const sentTwice: ServerTrial = {
  async play({ bench, tenant, scan }, isFaulty) {
    const code = await tenant.code(await tenant.thing());
    const scanId = newScanId();
    await scan(code, scanId);
    if (isFaulty) await scan(code, scanId);
    await untilNumbered(bench, tenant);
    return trialRun(bench.ask, [tenant]);
  },
};
