import type { Ask } from "../failpoints/patched-function.ts";
import type { Records } from "../history/records.ts";
import type { OfflineDevice, Run, Subscriber } from "../history/run.ts";
import { readRecords } from "../workload/read-records.ts";
import type { Runs, TrialTenant } from "./trial-tenant.ts";

const CONFLICTS = "SELECT scan_id AS scan, tenant_id AS tenant, code_id AS code FROM redemption_conflicts";
const OFFLINE = "SELECT scan_id AS scan FROM scans WHERE claimed_at IS NOT NULL";

/** What a trial knows, as the checkers want it: of these tenants only, since earlier trials had bugs in them. */
export async function trialRun(
  ask: Ask,
  tenants: readonly TrialTenant[],
  more: { subscribers?: readonly Subscriber[]; devices?: readonly OfflineDevice[] } = {},
): Promise<Run> {
  const entries = tenants.flatMap((tenant) => tenant.entries).toSorted((a, b) => a.invoke - b.invoke);
  return {
    history: { entries, codes: new Map(tenants.flatMap((tenant) => [...tenant.codes])) },
    records: await recordsOf(ask, new Set(tenants.map(({ id }) => id))),
    subscribers: more.subscribers ?? [],
    devices: more.devices ?? [],
    faults: [],
    healedAt: null,
  };
}

async function recordsOf(ask: Ask, tenants: ReadonlySet<string>): Promise<Records> {
  const records = await readRecords({ ask });
  const own = <T extends { tenant: string }>(rows: readonly T[]) => rows.filter(({ tenant }) => tenants.has(tenant));
  const offline = new Set((await ask<{ scan: string }>(OFFLINE)).map(({ scan }) => scan));
  return {
    codes: own(records.codes),
    redemptions: own(records.redemptions),
    scans: own(records.scans).map((one) => ({ ...one, offline: offline.has(one.scan) })),
    resources: own(records.resources),
    checkouts: own(records.checkouts),
    conflicts: own(await ask<Records["conflicts"][number]>(CONFLICTS)),
    outbox: own(records.outbox),
    journal: own(records.journal),
    heads: new Map([...records.heads].filter(([tenant]) => tenants.has(tenant))),
    owners: new Map([...records.owners].filter(([, tenant]) => tenants.has(tenant))),
  };
}

/** Numbers everything that is committed, as the relay does, over one connection. */
export async function relayAll(over: Runs): Promise<void> {
  for (;;) {
    const { rows } = await over.query("SELECT seq FROM relay_outbox($1)", [500]);
    if (rows.length === 0) return;
  }
}
