import type { Mutant } from "./mutant.ts";

/**
 * The locks re-read the predicate when a waiter wakes, and the addresses that are kept name the very versions that were locked.
 * Without this one protection in all its places the function reads, and then writes.
 */
const TAKES_UNLOCKED = {
  find: "                 LIMIT 1 FOR NO KEY UPDATE) c,",
  replace: "                 LIMIT 1) c,",
  also: [
    { find: "                       LIMIT 1 FOR NO KEY UPDATE) r;", replace: "                       LIMIT 1) r;" },
    { find: "WHERE c.ctid = t.code_at", replace: "WHERE c.tenant_id = p_tenant AND c.lookup = p_lookups[t.n]" },
    {
      find: "WHERE r.ctid = m.thing_at",
      replace: "WHERE r.tenant_id = p_tenant AND r.id = t_thing[array_position(t_n, m.n)]",
    },
  ],
};

const CALL =
  "const { rows } = await hot.query({\n\t\t\t...REDEEM,\n\t\t\tvalues: [scope, ...columnsOf(scans)]\n\t\t});\n";
const RELAY = "const { rows } = await hot.query({\n\t\t\t\t...RELAY,\n\t\t\t\tvalues\n\t\t\t});\n";

/** The planted bugs, by their number in the test programme. */
export const mutants: readonly Mutant[] = [
  {
    id: "M1",
    says: "reads, then writes: neither the lock with its predicate, nor the check on the uses",
    planted: {
      layer: "sql",
      function: "redeem_codes",
      ...TAKES_UNLOCKED,
      without: "ALTER TABLE qr_codes DROP CONSTRAINT qr_codes_check",
    },
    caughtBy: "counter",
    runsUnder: "F2: paused between reading and writing",
  },
  {
    id: "M2",
    says: "reads, then writes, and the belts of the tables are kept",
    planted: { layer: "sql", function: "redeem_codes", ...TAKES_UNLOCKED },
    caughtBy: "surprises",
    runsUnder: "F2: paused between reading and writing",
  },
  {
    id: "M3",
    says: "takes a scan that is sent again for another one",
    planted: {
      layer: "server",
      find: "const { scanId, source } = scan;",
      replace: `const { source } = scan;
        const known = (globalThis.knownScans ??= new Set());
        const scanId = known.has(scan.scanId) ? crypto.randomUUID() : scan.scanId;
        known.add(scanId);`,
    },
    caughtBy: "stability",
    runsUnder: "F20: requests arrive twice",
  },
  {
    id: "M4",
    says: "writes the event after the commit",
    planted: {
      layer: "server",
      find: CALL,
      replace: `const client = await hot.connect();
        await client.query("BEGIN");
        const { rows } = await client.query({ ...REDEEM, values: [scope, ...columnsOf(scans)] });
        await client.query("SET LOCAL ROLE tessera_relay");
        const ids = scans.map((one) => one.scanId);
        const late = await client.query(\`DELETE FROM outbox WHERE scan_id = ANY($1)
          RETURNING tenant_id, type, entity_id, entity_version, actor_id, device_id, scan_id, payload, at\`, [ids]);
        await client.query("COMMIT");
        setImmediate(async () => {
          await client.query("BEGIN");
          await client.query("SELECT set_config('role', 'tessera_app', true), set_config('app.tenant_id', $1, true)", [scope]);
          for (const row of late.rows) {
            await client.query(\`INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, device_id, scan_id,
              payload, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)\`, Object.values(row));
          }
          await client.query("COMMIT");
          client.release();
        });
      `,
    },
    caughtBy: "set",
    runsUnder: "F1: the process is killed after the commit",
  },
  {
    id: "M5",
    says: "tells the news before they are committed",
    planted: {
      layer: "server",
      find: RELAY,
      replace: `const client = await hot.connect();
        let rows = [];
        try {
          await client.query("BEGIN");
          ({ rows } = await client.query({ ...RELAY, values }));
          for (const row of rows) tell(row.tenant_id, newsIn(row));
          await client.query("COMMIT");
        } finally {
          client.release(true);
        }
      `,
    },
    caughtBy: "subscriber",
    runsUnder: "F5: the session is ended at its commit",
  },
  {
    id: "M6",
    says: "judges by its own clock whether a code has expired that lives for ten minutes",
    planted: {
      layer: "server",
      find: "function outcomeOf(row, scanId, replayed) {",
      replace: `function outcomeOf(row, scanId, replayed) {
        const ends = new Date(row.at?.getTime() + 600_000);
        if (row.outcome === "redeemed" && ends <= new Date()) {
          const refusal = { reason: "expired", evidence: { expiredAt: ends.toISOString() } };
          return { kind: "refused", scanId, replayed, refusal };
        }`,
    },
    caughtBy: "stability",
    runsUnder: "F16: the clock of the process jumps ahead",
  },
  {
    id: "M7",
    says: "looks a code up without asking whose it is",
    planted: {
      layer: "sql",
      function: "redeem_codes",
      find: "q.tenant_id = p_tenant AND q.lookup = p_lookups[b.n]",
      replace: "q.lookup = p_lookups[b.n]",
    },
    caughtBy: "tenancy",
    runsUnder: "F31: runs as a superuser, for whom there is no row security",
  },
  {
    id: "M8",
    says: "answers before the commit",
    planted: {
      layer: "server",
      find: CALL,
      replace: `const client = await hot.connect();
        await client.query("BEGIN");
        const { rows } = await client.query({ ...REDEEM, values: [scope, ...columnsOf(scans)] });
        client.query("COMMIT").catch(() => {}).finally(() => client.release(true));
      `,
    },
    caughtBy: "set",
    runsUnder: "F5: the session is ended at its commit",
  },
  {
    id: "M9",
    says: "the relay takes what lies behind its cursor",
    planted: {
      layer: "sql",
      function: "relay_outbox",
      find: "FROM outbox ORDER BY id LIMIT p_limit FOR UPDATE SKIP LOCKED) RETURNING *)",
      replace: `FROM outbox
        WHERE id > coalesce(nullif(current_setting('tessera.relayed', true), '')::bigint, 0)
        ORDER BY id LIMIT p_limit FOR UPDATE SKIP LOCKED)
      RETURNING *, set_config('tessera.relayed', greatest(id,
        coalesce(nullif(current_setting('tessera.relayed', true), '')::bigint, 0))::text, false))`,
    },
    caughtBy: "subscriber",
    runsUnder: "a redemption that commits later than one that began after it",
  },
  {
    id: "M10",
    says: "says for the whole session, not for the transaction, which tenant is served",
    planted: {
      layer: "sql",
      function: "redeem_codes",
      find: "set_config('app.tenant_id', p_tenant::text, true)",
      replace: "set_config('app.tenant_id', p_tenant::text, false)",
    },
    caughtBy: "tenancy",
    runsUnder: "connections that several tenants share",
  },
  {
    id: "M11",
    says: "calls a code used when it is only busy",
    planted: {
      layer: "server",
      find: "return one.fail(failureOf(error));",
      replace: `{
        const failure = failureOf(error);
        if (failure.failure !== "busy") return one.fail(failure);
        const evidence = { at: new Date().toISOString(), desk: null, holder: "", resource: "", useNo: 1, maxUses: 1 };
        const refusal = { reason: "already_redeemed", evidence };
        return one.answer({ kind: "refused", scanId: one.scan.scanId, replayed: false, refusal });
      }`,
    },
    caughtBy: "justification",
    runsUnder: "F11: a forgotten transaction holds the code",
  },
  {
    id: "M12",
    says: "the kiosk takes silence for a refusal",
    planted: {
      layer: "kiosk",
      file: "apps/kiosk/src/scan/send-scan.ts",
      find: 'return { kind: "undecided", because: because ?? "unexpected" };',
      replace: `return { kind: "answered", outcome: {
        kind: "refused", scanId: scan.scanId, replayed: false, refusal: { reason: "not_found" } } };`,
    },
    caughtBy: "kiosk",
    runsUnder: "F17: what is sent disappears",
  },
  {
    id: "M13",
    says: "serves nobody whom it has no lock for",
    planted: {
      layer: "server",
      find: "const held = await lockFor(key);",
      replace: "const held = await lockFor(key);\n\t\tif (!held) return;",
    },
    caughtBy: "progress",
    runsUnder: "F13: every Redis is dead",
  },
  {
    id: "M14",
    says: "counts the conflict of a late desk as a redemption",
    planted: {
      layer: "sql",
      function: "redeem_codes",
      find: "), conflicts AS (",
      replace: `), counted AS (
        INSERT INTO redemptions (tenant_id, code_id, use_no, scan_id, checkout_id, device_id, at)
        SELECT p_tenant, code, first.use_no + 1, p_scans[n], first.checkout_id, p_devices[n], v_now
          FROM fresh JOIN redemptions first ON first.tenant_id = p_tenant AND first.code_id = code
         WHERE p_claimed[n] IS NOT NULL
      ), conflicts AS (`,
    },
    caughtBy: "offline ledger",
    runsUnder: "F25: two desks without a line take the same code",
  },
];
