import type { Pool } from "pg";
import type { HistoryEntry } from "../../history/history.ts";
import { now } from "../../time.ts";
import { relayAll, trialRun } from "../trial-run.ts";
import { type TrialTenant, trialTenant } from "../trial-tenant.ts";
import type { SqlTrial } from "./trial.ts";

/**
 * After each scan another tenant's work takes the connection and forgets to say for whom it asks: it must see nothing. The
 * fault is that connections are shared at all, as every pool does; without it each tenant has its own.
 */
export const sharedConnection: SqlTrial = {
  async play(bench, isFaulty) {
    const tenants = await Promise.all(Array.from({ length: 4 }, () => trialTenant(bench.ask)));
    const shared = bench.pool(1);
    const pools = new Map(tenants.map((tenant) => [tenant, isFaulty ? shared : bench.pool(1)]));
    const poolOf = (tenant: TrialTenant) => pools.get(tenant) ?? shared;

    for (const [index, tenant] of tenants.entries()) {
      await tenant.redeem(poolOf(tenant), await tenant.code(await tenant.thing()));
      const next = tenants[(index + 1) % tenants.length] ?? tenant;
      next.entries.push(await forgetfulRead(poolOf(next), next.id));
    }
    await relayAll(bench.product);
    return trialRun(bench.ask, tenants);
  },
};

/** Reads as the product's role, without naming a tenant. */
async function forgetfulRead(pool: Pool, tenant: string): Promise<HistoryEntry> {
  const invoke = now();
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL ROLE tessera_app");
    const { rows } = await client.query<{ id: string }>("SELECT id FROM qr_codes");
    await client.query("COMMIT");
    const asked = { op: "read" as const, key: "qr_codes", scan: "", attempt: 1, node: "sql", tenant, invoke };
    const heard = {
      type: "ok" as const,
      reason: null,
      redemption: null,
      useNo: null,
      mentions: rows.map(({ id }) => id),
    };
    return { ...asked, ...heard, return: now() };
  } finally {
    client.release();
  }
}
