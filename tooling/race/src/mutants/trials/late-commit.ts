import type { Run, SeenEvent } from "../../history/run.ts";
import { relayAll, trialRun } from "../trial-run.ts";
import { trialTenant } from "../trial-tenant.ts";
import type { SqlTrial } from "./trial.ts";

/**
 * Two redemptions. The fault: the one that began first, and so has the lower number in the outbox, commits last, after the
 * relay has been by.
 */
export const lateCommit: SqlTrial = {
  async play(bench, isFaulty) {
    const tenant = await trialTenant(bench.ask);
    const [first, second] = [await tenant.code(await tenant.thing()), await tenant.code(await tenant.thing())];
    const relay = bench.pool(1); // one connection, as a relay that keeps a cursor would have

    const late = await bench.product.connect();
    try {
      if (isFaulty) await late.query("BEGIN");
      await tenant.redeem(late, first);
      await tenant.redeem(bench.product, second);
      await relayAll(relay);
      if (isFaulty) await late.query("COMMIT");
    } finally {
      late.release();
    }
    await relayAll(relay);

    const run = await trialRun(bench.ask, [tenant]);
    return { ...run, subscribers: [listener(tenant.id, run)] };
  },
};

/** Somebody who hears all that was ever numbered. */
function listener(tenant: string, { records }: Run): Run["subscribers"][number] {
  const events: SeenEvent[] = records.journal.map(({ seq, type, entity }) => ({ seq, type, entity }));
  return { name: "a desk", tenant, after: 0, events, view: null };
}
