import { newScanId } from "@tessera/sdk/node";
import { trialRun } from "../trial-run.ts";
import { dyingAtCommit } from "./dies-at-commit.ts";
import type { ServerTrial } from "./server-trial.ts";
import { untilNumbered } from "./until-numbered.ts";

/** The session that decides a scan is ended as it commits; then all is well again, and whoever heard nothing asks again. */
export const killedAtCommit: ServerTrial = {
  async play({ bench, tenant, scan, scanUntilDecided }, isFaulty) {
    const code = await tenant.code(await tenant.thing());
    const scanId = newScanId();
    const heal = isFaulty ? await dyingAtCommit(bench, "redemptions", tenant) : null;
    const { type } = await scan(code, scanId);
    await heal?.();
    if (type === "info") await scanUntilDecided(code, scanId);
    await untilNumbered(bench, tenant);
    return trialRun(bench.ask, [tenant]);
  },
};
