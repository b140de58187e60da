import { newScanId } from "@tessera/sdk/node";
import { trialRun } from "../trial-run.ts";
import type { ServerTrial } from "./server-trial.ts";
import { untilNumbered } from "./until-numbered.ts";

/** F11: a transaction that somebody forgot holds the code's row; then it is ended, and the desk asks again. */
export const codeHeld: ServerTrial = {
  async play({ bench, tenant, scan, scanUntilDecided }, isFaulty) {
    const code = await tenant.code(await tenant.thing());
    const scanId = newScanId();
    if (isFaulty) {
      const forgetful = await bench.asSuperuser.connect();
      await forgetful.query("BEGIN");
      await forgetful.query("SELECT FROM qr_codes WHERE id = $1 FOR UPDATE", [code.id]);
      await scan(code, scanId);
      await forgetful.query("ROLLBACK");
      forgetful.release();
    }
    const last = tenant.entries.at(-1);
    if (last?.type !== "refused") await scanUntilDecided(code, scanId);
    await untilNumbered(bench, tenant);
    return trialRun(bench.ask, [tenant]);
  },
};
