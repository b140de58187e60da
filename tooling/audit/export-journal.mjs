#!/usr/bin/env node
// Writes the journal of one tenant, or of all, as the file that verify-journal.mjs checks.
//
//   DATABASE_URL=postgresql://… node tooling/audit/export-journal.mjs [--tenant SLUG] > journal.ndjson
//
// The login is the deployment's own; it reads as tessera_relay, who sees every journal and can change none of it.
// A tenant's administrator gets the same lines for their own tenant from `audit.export`.

import { once } from "node:events";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";

const pg = createRequire(new URL("../../packages/db/package.json", import.meta.url))("pg");

const ROWS_AT_ONCE = 1_000;
const ROWS = `SELECT tenant_id AS "tenantId", seq::float8 AS seq, encode(prev_hash, 'hex') AS "prevHash",
    encode(hash, 'hex') AS hash, type, entity_id AS "entityId", entity_version::text AS "entityVersion",
    actor_id AS "actorId", device_id AS "deviceId", scan_id AS "scanId",
    to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, payload::text AS payload
  FROM journal WHERE tenant_id = $1 AND seq > $2 ORDER BY journal.seq LIMIT ${ROWS_AT_ONCE}`;
const SEALS = `SELECT tenant_id AS "tenantId", seq::float8 AS seq, encode(hash, 'hex') AS hash, day::text AS day,
    encode(public_key, 'hex') AS "publicKey", encode(signature, 'hex') AS signature
  FROM journal_seals WHERE tenant_id = $1 ORDER BY journal_seals.day`;
const HEADS = `SELECT tenant_id AS "tenantId", seq::float8 AS seq, encode(hash, 'hex') AS hash FROM stream_heads
  ORDER BY tenant_id`;

async function* lines(client, tenantId) {
  const { rows: heads } = await client.query(HEADS);
  for (const head of heads.filter((each) => !tenantId || each.tenantId === tenantId)) {
    for (let last = 0; ; ) {
      const { rows } = await client.query(ROWS, [head.tenantId, last]);
      for (const row of rows) yield { row };
      if (rows.length < ROWS_AT_ONCE) break;
      last = rows.at(-1).seq;
    }
    for (const seal of (await client.query(SEALS, [head.tenantId])).rows) yield { seal };
    yield { head };
  }
}

/** JSON leaves these as they are; some programs end a line at them, some terminals obey them. */
const asOneLine = (value) =>
  JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });

const { values } = parseArgs({ options: { tenant: { type: "string" } } });
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
// One moment for everything: what is relayed meanwhile is in the next export.
await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
const tenantId = values.tenant && (await idOf(client, values.tenant));
await client.query("SET LOCAL ROLE tessera_relay");
for await (const line of lines(client, tenantId)) {
  if (!process.stdout.write(`${asOneLine(line)}\n`)) await once(process.stdout, "drain");
}
await client.query("COMMIT");
await client.end();

async function idOf(client, slug) {
  await client.query("SET LOCAL ROLE tessera_operator");
  const { rows } = await client.query("SELECT id FROM tenants WHERE slug = $1", [slug]);
  if (rows[0]) return rows[0].id;
  console.error(`There is no tenant ${slug}.`);
  process.exit(1);
}
