import type { Ask } from "../failpoints/patched-function.ts";
import type { Records } from "../history/records.ts";

const CODES = `SELECT id, tenant_id AS tenant, uses, max_uses AS "maxUses" FROM qr_codes`;
const REDEMPTIONS = `SELECT id, tenant_id AS tenant, code_id AS code, use_no AS "useNo", scan_id AS scan FROM redemptions`;
const SCANS = `
  SELECT scan_id AS scan, tenant_id AS tenant, outcome, reason, redemption_id AS redemption, code_id AS code,
         claimed_at IS NOT NULL AS offline FROM scans`;
const RESOURCES = "SELECT id, tenant_id AS tenant, version::int FROM resources";
const CHECKOUTS = `
  SELECT id, tenant_id AS tenant, resource_id AS resource, holder_id AS holder, returned_at IS NULL AS "isOpen"
    FROM checkouts`;
const CONFLICTS = "SELECT scan_id AS scan, tenant_id AS tenant, code_id AS code FROM redemption_conflicts";
const OUTBOX = `
  SELECT tenant_id AS tenant, type, entity_id AS entity, entity_version::int AS "entityVersion", scan_id AS scan,
         payload::text AS payload FROM outbox ORDER BY id`;
const JOURNAL = `
  SELECT tenant_id AS tenant, seq::int, type, entity_id AS entity, entity_version::int AS "entityVersion", scan_id AS scan,
         payload::text AS payload, encode(prev_hash, 'hex') AS "prevHash", encode(hash, 'hex') AS hash, actor_id AS actor,
         device_id AS device, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at
    FROM journal ORDER BY tenant_id, seq`;
const HEADS = "SELECT tenant_id AS tenant, seq::int, encode(hash, 'hex') AS hash FROM stream_heads";
const OWNERS = ["qr_codes", "redemptions", "resources", "checkouts", "members", "devices"]
  .map((table) => `SELECT id, tenant_id AS tenant FROM ${table}`)
  .join(" UNION ALL ");

/** Reads what the database holds, as the superuser, when nobody works any more. */
export async function readRecords({ ask }: { ask: Ask }): Promise<Records> {
  const heads = await ask<{ tenant: string; seq: number; hash: string }>(HEADS);
  const owners = await ask<{ id: string; tenant: string }>(OWNERS);
  return {
    codes: await ask<Records["codes"][number]>(CODES),
    redemptions: await ask<Records["redemptions"][number]>(REDEMPTIONS),
    scans: await ask<Records["scans"][number]>(SCANS),
    resources: await ask<Records["resources"][number]>(RESOURCES),
    checkouts: await ask<Records["checkouts"][number]>(CHECKOUTS),
    conflicts: await ask<Records["conflicts"][number]>(CONFLICTS),
    outbox: await ask<Records["outbox"][number]>(OUTBOX),
    journal: await ask<Records["journal"][number]>(JOURNAL),
    heads: new Map(heads.map(({ tenant, ...head }) => [tenant, head])),
    owners: new Map(owners.map(({ id, tenant }) => [id, tenant])),
  };
}
