import { createHash, randomUUID } from "node:crypto";
import { postgres } from "@tessera/vitest/services";
import type pg from "pg";
import { chanceOf } from "../../chance.ts";
import { checkRun } from "../../checkers/check-run.ts";
import type { OfflineDevice, OfflineScan } from "../../history/run.ts";
import { openSqlBench, type SqlBench } from "../../mutants/sql-bench.ts";
import { relayAll, trialRun } from "../../mutants/trial-run.ts";
import { heardIn, type TrialCode, type TrialTenant, trialTenant } from "../../mutants/trial-tenant.ts";
import { pause } from "../../time.ts";
import { spelled } from "../report.ts";
import { CannotAsk, type Step } from "../run-steps.ts";

const DESKS = 8;
/** A desk hands in so many scans at once. */
const BATCH = 50;
const MOST_TRIES = 30;

/** @param scansEach How many things each desk gives out alone before the line comes back for all of them at once. */
export const offlineStormStep = (scansEach: number): Step => ({
  id: "offline",
  title: "Desks that come back all at once",
  asks: "Does every scan that a desk decided alone get one verdict, and does no code that a desk had leased conflict?",
  async run() {
    if (!postgres.available) throw new CannotAsk(postgres.reason);
    const bench = await openSqlBench(postgres.url);
    try {
      const tenant = await trialTenant(bench.ask);
      const devices = await storm(bench, tenant, scansEach);
      await relayAll(bench.product);
      const run = await trialRun(bench.ask, [tenant], { devices });

      const violations = checkRun(run);
      const scans = devices.flatMap((device) => device.scans);
      const redeemed = scans.filter(({ verdict }) => verdict?.type === "ok").length;
      return {
        isKept: violations.length === 0,
        says:
          violations.length === 0
            ? `Each of ${spelled(scans.length)} scans got one verdict; ${run.records.conflicts.length} double hand-outs were reported, none of them of a leased code.`
            : `${violations.length} promises were broken; first: ${violations[0]?.says}`,
        figures: [
          { name: "Desks without a line", value: devices.length },
          { name: "Scans handed in", value: scans.length },
          { name: "Redeemed", value: redeemed },
          { name: "Conflicts", value: run.records.conflicts.length },
          { name: "Without a verdict", value: scans.filter(({ verdict }) => !verdict).length, target: { atMost: 0 } },
          { name: "Broken promises", value: violations.length, target: { atMost: 0 } },
        ],
        tables: [],
      };
    } finally {
      await bench.close();
    }
  },
});

/** Half of what a desk gives out is on codes whose lease it holds; for the other half any desk will do. */
async function storm(bench: SqlBench, tenant: TrialTenant, scansEach: number): Promise<OfflineDevice[]> {
  const chance = chanceOf(1);
  const desks = [tenant.desk, ...(await Promise.all(Array.from({ length: DESKS - 1 }, tenant.anotherDesk)))];
  const codes = async (count: number) =>
    Promise.all(Array.from({ length: count }, async () => tenant.code(await tenant.thing())));
  const open = await codes((DESKS * scansEach) / 4);

  return Promise.all(
    desks.map(async (device) => {
      const own = await codes(scansEach / 2);
      const ids = own.map(({ id }) => id);
      await bench.ask(
        "UPDATE qr_codes SET lease_device = $1, lease_until = now() + interval '1 hour' WHERE id = ANY ($2)",
        [device, ids],
      );
      const given = own.flatMap((code) => [code, chance.pick(open)]);
      return handInAll(bench.product, tenant.id, device, given, new Set(ids));
    }),
  );
}

/** The desk's story, each scan chained to the one before; every batch is sent twice, as after a lost answer. */
async function handInAll(
  over: pg.Pool,
  tenant: string,
  device: string,
  codes: readonly TrialCode[],
  leased: ReadonlySet<string>,
): Promise<OfflineDevice> {
  const scans: OfflineScan[] = [];
  let before: Buffer = Buffer.alloc(32);
  for (let from = 0; from < codes.length; from += BATCH) {
    const batch = codes.slice(from, from + BATCH).map((code, index) => {
      const scan = randomUUID();
      const prev = before;
      before = createHash("sha256").update(prev).update(scan).digest();
      return { code, scan, prev, hash: before, seq: from + index + 1 };
    });
    await handIn(over, tenant, device, batch);
    const rows = await handIn(over, tenant, device, batch);
    for (const [index, { code, scan, seq }] of batch.entries()) {
      const { type, reason } = heardIn(rows.filter(({ n }) => n === index + 1));
      const verdict = { type: type === "ok" ? ("ok" as const) : ("refused" as const), reason };
      scans.push({ seq, scan, code: code.id, leased: leased.has(code.id), verdict });
    }
  }
  return { device, tenant, scans };
}

interface Claim {
  code: TrialCode;
  scan: string;
  prev: Buffer;
  hash: Buffer;
  seq: number;
}

type VerdictRow = Parameters<typeof heardIn>[0][number] & { n: number };

/** As a desk does: while another desk's batch holds what this one wants, it is sent again. */
async function handIn(over: pg.Pool, tenant: string, device: string, batch: readonly Claim[]): Promise<VerdictRow[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await handInOnce(over, tenant, device, batch);
    } catch (error) {
      const isBusy = error instanceof Error && "code" in error && ["55P03", "40P01"].includes(String(error.code));
      if (!isBusy || tries === MOST_TRIES) throw error;
      await pause(Math.random() * 100 * tries);
    }
  }
}

async function handInOnce(over: pg.Pool, tenant: string, device: string, batch: readonly Claim[]) {
  const column = <T>(of: (claim: Claim) => T) => batch.map(of);
  const { rows } = await over.query<VerdictRow>("SELECT * FROM hand_in($1, $2, $3, $4, $5, $6, $7, $8)", [
    tenant,
    device,
    column(({ scan }) => scan),
    column(({ code }) => code.lookup),
    column(() => new Date()),
    column(({ seq }) => seq),
    column(({ prev }) => prev),
    column(({ hash }) => hash),
  ]);
  return rows;
}
