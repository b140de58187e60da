import { createHash, randomUUID } from "node:crypto";
import type { OfflineDevice } from "../../history/run.ts";
import { relayAll, trialRun } from "../trial-run.ts";
import { heardIn, type Runs, type TrialCode, type TrialTenant, trialTenant } from "../trial-tenant.ts";
import type { SqlTrial } from "./trial.ts";

/** A desk without a line hands in what it gave out. The fault: a second one gave out on the same code. */
export const twoLateDesks: SqlTrial = {
  async play(bench, isFaulty) {
    const tenant = await trialTenant(bench.ask);
    const code = await tenant.code(await tenant.thing());
    const devices = [await handIn(bench.product, tenant, tenant.desk, code)];
    if (isFaulty) devices.push(await handIn(bench.product, tenant, await tenant.anotherDesk(), code));

    await relayAll(bench.product);
    return trialRun(bench.ask, [tenant], { devices });
  },
};

const HAND_IN = "SELECT * FROM hand_in($1, $2, $3, $4, $5, $6, $7, $8)";

async function handIn(over: Runs, tenant: TrialTenant, device: string, code: TrialCode): Promise<OfflineDevice> {
  const scan = randomUUID();
  const hash = createHash("sha256").update(scan).digest();
  const values = [tenant.id, device, [scan], [code.lookup], [new Date()], [1], [Buffer.alloc(32)], [hash]];
  const { rows } = await over.query<Parameters<typeof heardIn>[0][number]>(HAND_IN, values);
  const { type, reason } = heardIn(rows);
  const verdict = type === "ok" ? { type, reason: null } : { type: "refused" as const, reason };
  return { device, tenant: tenant.id, scans: [{ seq: 1, scan, code: code.id, leased: false, verdict }] };
}
