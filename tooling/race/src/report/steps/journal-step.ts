import { postgres } from "@tessera/vitest/services";
import { checkJournalChain } from "../../checkers/journal-chain.ts";
import type { Ask } from "../../failpoints/patched-function.ts";
import { openSqlBench, type SqlBench } from "../../mutants/sql-bench.ts";
import { relayAll, trialRun } from "../../mutants/trial-run.ts";
import { type TrialTenant, trialTenant } from "../../mutants/trial-tenant.ts";
import { CannotAsk, type Step } from "../run-steps.ts";

/** One change of one entry, by somebody with the whole database in hand. */
const TAMPERINGS = [
  { what: "the type of an event", set: "type = 'code.refused'" },
  { what: "which code it was about", set: "entity_id = gen_random_uuid()" },
  { what: "the code's version", set: "entity_version = entity_version + 1" },
  { what: "who did it", set: "actor_id = gen_random_uuid()" },
  { what: "which desk did it", set: "device_id = gen_random_uuid()" },
  { what: "which scan it was", set: "scan_id = gen_random_uuid()" },
  { what: "one field of the payload", set: `payload = payload || '{"useNo": 2}'` },
  { what: "the time, by a microsecond", set: "at = at + interval '1 microsecond'" },
  { what: "the hash", set: "hash = set_byte(hash, 0, (get_byte(hash, 0) + 1) % 256)" },
  { what: "the hash before", set: "prev_hash = set_byte(prev_hash, 0, (get_byte(prev_hash, 0) + 1) % 256)" },
] as const;
const CHANGED = 3;
const ENTRIES = 6;

export const journalStep: Step = {
  id: "journal",
  title: "A journal that was tampered with",
  asks: "When one field of one entry is changed in the database, is that very entry named?",
  async run() {
    if (!postgres.available) throw new CannotAsk(postgres.reason);
    const bench = await openSqlBench(postgres.url);
    try {
      const tenant = await writtenJournal(bench);
      const before = checkJournalChain(await trialRun(bench.ask, [tenant]));
      const rows = [];
      for (const { what, set } of TAMPERINGS) {
        rows.push([
          what,
          await saidAfter(bench, tenant, `UPDATE journal SET ${set} WHERE tenant_id = $1 AND seq = $2`),
        ]);
      }
      rows.push([
        "the entry is gone",
        await saidAfter(bench, tenant, "DELETE FROM journal WHERE tenant_id = $1 AND seq = $2"),
      ]);
      const missed = rows.filter(([, said = ""]) => !said.includes(`entry ${CHANGED} `));
      return {
        isKept: missed.length === 0 && before.length === 0,
        says:
          missed.length === 0
            ? `Each of ${rows.length} changes was seen, and the entry that was changed was named.`
            : `${missed.map(([what]) => what).join(", ")}: not seen.`,
        figures: [
          { name: "Changes tried", value: rows.length },
          { name: "Not seen", value: missed.length, target: { atMost: 0 } },
          { name: "Said of the journal as it was written", value: before.length, target: { atMost: 0 } },
        ],
        tables: [
          { caption: `What was changed in entry ${CHANGED}, and what was said of it`, head: ["Changed", "Said"], rows },
        ],
      };
    } finally {
      await bench.close();
    }
  },
};

async function writtenJournal(bench: SqlBench): Promise<TrialTenant> {
  const tenant = await trialTenant(bench.ask);
  for (let entry = 0; entry < ENTRIES; entry++) {
    await tenant.redeem(bench.product, await tenant.code(await tenant.thing()));
  }
  await relayAll(bench.product);
  return tenant;
}

/** The trigger that keeps the journal append only is passed by, as a superuser can; the change itself is undone again. */
async function saidAfter(bench: SqlBench, tenant: TrialTenant, tampering: string): Promise<string> {
  const client = await bench.asSuperuser.connect();
  const ask: Ask = async (sql, values) => (await client.query(sql, values)).rows;
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL session_replication_role = replica");
    const { rowCount } = await client.query(tampering, [tenant.id, CHANGED]);
    if (rowCount !== 1) throw new Error(`this changed ${rowCount} entries: ${tampering}`);
    return checkJournalChain(await trialRun(ask, [tenant]))[0]?.says ?? "nothing";
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}
