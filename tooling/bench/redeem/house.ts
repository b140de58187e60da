import { createHash, randomUUID } from "node:crypto";
import { compactCode } from "@tessera/domain/qr/compact-code";
import { codeKeys } from "@tessera/domain/qr/keys";
import type pg from "pg";

/** What the server of the bench is told, and the codes are made with. */
export const SECRET = "the secret of a bench, thirty-two or more";

/** A tenant with one desk and more codes than a run needs, each for a thing of its own. */
export interface House {
  tenantId: string;
  tenantNumber: number;
  memberId: string;
  deviceId: string;
  /** Of the desk. */
  token: string;
  codes: HouseCode[];
  /**
   * Makes everything as it was: no scan, no redemption, the first `count` codes fresh. So each run meets the same database.
   *
   * @param by How codes are looked up: as the product does, or by a hash of their number, which pgbench can compute.
   */
  refill(count: number, by?: "text" | "number"): Promise<void>;
}

export interface HouseCode {
  text: string;
  lookup: Buffer;
  /** What a scan of it is about, as the product's fingerprint of it has 32 bytes. */
  fingerprint: Buffer;
}

type Queries = Pick<pg.Client, "query">;

const EMPTY = `TRUNCATE scans, redemption_conflicts, redemptions, loan_reminders, checkouts, outbox, journal, qr_codes`;

/**
 * Builds the house in a migrated database.
 *
 * @param db As a role that row security does not hold for.
 * @param size How many codes there are.
 */
export async function buildHouse(db: Queries, size: number): Promise<House> {
  const [tenantId, memberId, deviceId, token] = [randomUUID(), randomUUID(), randomUUID(), `tsd_${"b".repeat(43)}`];
  const codes = await codesFor(size);

  await db.query("SET session_replication_role = replica"); // the append-only journal may be emptied here
  await db.query("INSERT INTO tenants (id, slug, name, template) VALUES ($1, 'bench', 'Bench', 'tool_library')", [
    tenantId,
  ]);
  await db.query("INSERT INTO members (tenant_id, id, name) VALUES ($1, $2, 'Member')", [tenantId, memberId]);
  await db.query("INSERT INTO devices (tenant_id, id, name, token_hash) VALUES ($1, $2, 'Desk', $3)", [
    tenantId,
    deviceId,
    createHash("sha256").update(token).digest(),
  ]);
  await db.query(
    "CREATE TABLE bench_codes (n int PRIMARY KEY, lookup bytea, resource_id uuid DEFAULT gen_random_uuid())",
  );
  await db.query(
    "INSERT INTO bench_codes (n, lookup) SELECT n - 1, lookup FROM unnest($1::bytea[]) WITH ORDINALITY AS c (lookup, n)",
    [codes.map(({ lookup }) => lookup)],
  );
  await db.query(
    `INSERT INTO resources (tenant_id, id, name, kind, loan_minutes)
    SELECT $1, resource_id, 'Thing ' || n, 'tool', 60 FROM bench_codes`,
    [tenantId],
  );
  const { rows } = await db.query<{ number: number }>("SELECT number FROM tenants WHERE id = $1", [tenantId]);

  return {
    tenantId,
    tenantNumber: rows[0]?.number ?? 0,
    memberId,
    deviceId,
    token,
    codes,
    async refill(count, by = "text") {
      if (count > size) throw new RangeError(`the house has ${size} codes, not ${count}`);
      const lookup = by === "text" ? "lookup" : "sha256(int4send(n))";
      await db.query(EMPTY);
      await db.query(
        `INSERT INTO qr_codes (tenant_id, lookup, purpose, holder_id, resource_id, mask, expires_at)
         SELECT $1, ${lookup}, 'check_out', $2, resource_id, 0, now() + interval '1 day' FROM bench_codes WHERE n < $3`,
        [tenantId, memberId, count],
      );
      await db.query("ANALYZE qr_codes");
    },
  };
}

async function codesFor(size: number): Promise<HouseCode[]> {
  const keys = await codeKeys(SECRET);
  const codes: HouseCode[] = [];
  for (let n = 0; n < size; n++) {
    const secretPart = new Uint8Array(createHash("sha256").update(`code ${n}`).digest().subarray(0, 16));
    const lookup = Buffer.from(await keys.lookupOf(secretPart));
    codes.push({ text: compactCode(secretPart), lookup, fingerprint: createHash("sha256").update(lookup).digest() });
  }
  return codes;
}
