import { until } from "../../time.ts";
import { relayAll, trialRun } from "../trial-run.ts";
import type { ServerTrial } from "./server-trial.ts";

/** F1 at the worst moment: the decision is committed, and the process is killed before it does anything more. */
export const killedAfterCommit: ServerTrial = {
  async play({ bench, api, tenant, say, scan }, isFaulty) {
    const code = await tenant.code(await tenant.thing());
    if (isFaulty) say({ kind: "arm", point: "after-commit", signal: "SIGKILL" });
    await scan(code);
    if (isFaulty) await until("the process is gone", () => api.child.signalCode !== null);
    else await until("its event was written", () => isTold(bench.ask, code.id));
    await relayAll(bench.product);
    return trialRun(bench.ask, [tenant]);
  },
};

async function isTold(ask: (sql: string, values: unknown[]) => Promise<unknown[]>, code: string): Promise<boolean> {
  const where = "WHERE type = 'code.redeemed' AND entity_id = $1";
  const told = await ask(`SELECT FROM outbox ${where} UNION ALL SELECT FROM journal ${where}`, [code]);
  return told.length > 0;
}
