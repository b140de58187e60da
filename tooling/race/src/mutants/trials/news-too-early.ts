import type { PoolClient } from "pg";
import { until } from "../../time.ts";
import { subscribe } from "../../workload/subscriber.ts";
import { trialRun } from "../trial-run.ts";
import { dyingAtCommit } from "./dies-at-commit.ts";
import type { ServerScene, ServerTrial } from "./server-trial.ts";
import { untilNumbered } from "./until-numbered.ts";

/**
 * A code is cancelled in a transaction that takes its time; meanwhile another is redeemed, and the relay's session is ended as
 * it commits. When all is well again the cancellation comes first: the number under which the redemption was told too early
 * belongs to it.
 */
export const newsTooEarly: ServerTrial = {
  async play(scene, isFaulty) {
    const { bench, tenant, desk, scan, scanUntilDecided } = scene;
    const [hello, cancelled, redeemed] = await Promise.all(
      Array.from({ length: 3 }, async () => tenant.code(await tenant.thing())),
    );
    if (!hello || !cancelled || !redeemed) throw new Error("three codes were asked for");
    const listener = subscribe(desk, { name: "a desk", tenant: tenant.id, after: 0 });
    const hasHeard = (code: string) => listener.heard().events.some(({ entity }) => entity === code);
    try {
      await scan(hello);
      await until("the desk hears of news", () => hasHeard(hello.id));
      await until("its shelf is told", () => (listener.heard().view?.size ?? 0) > 0);

      const cancelling = await beginCancelling(scene, cancelled.id);
      if (!isFaulty) await cancelling.commit();
      const heal = isFaulty ? await dyingAtCommit(bench, "journal", tenant) : null;
      await scanUntilDecided(redeemed);
      // The product tells of nothing as long as it cannot commit; then there is nothing to wait for.
      if (isFaulty)
        await until("news came too early", () => hasHeard(redeemed.id), { patienceMs: 800 }).catch(() => {});
      if (isFaulty) await cancelling.commit();
      await heal?.();

      await untilNumbered(bench, tenant);
      await until("the desk is up to date", async () => listener.head() >= (await headOf(scene)), {
        patienceMs: 5_000,
      }).catch(() => {}); // what it missed is the checker's to say
      return { ...(await trialRun(bench.ask, [tenant])), subscribers: [{ ...listener.heard(), view: null }] };
    } finally {
      listener.stop();
    }
  },
};

async function beginCancelling({ bench }: ServerScene, code: string): Promise<{ commit(): Promise<void> }> {
  const client: PoolClient = await bench.asSuperuser.connect();
  await client.query("BEGIN");
  await client.query("UPDATE qr_codes SET invalidated_at = clock_timestamp() WHERE id = $1", [code]);
  return {
    async commit() {
      await client.query("COMMIT");
      client.release();
    },
  };
}

async function headOf({ bench, tenant }: ServerScene): Promise<number> {
  const [head] = await bench.ask<{ seq: number }>("SELECT seq::int FROM stream_heads WHERE tenant_id = $1", [
    tenant.id,
  ]);
  return head?.seq ?? 0;
}
