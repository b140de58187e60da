import { createPrivateKey, createPublicKey, hkdfSync, sign } from "node:crypto";
import type { TenantId } from "@tessera/contracts";
import { rowsAfter } from "@tessera/domain/journal/audit-log";
import { verifyChain } from "@tessera/domain/journal/chain";
import { type Sealed, sealMessage } from "@tessera/domain/journal/seal";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Database } from "../database.ts";
import { auditOf } from "../reads/audit.ts";
import { inTenant } from "../tenant.ts";

/** Signs heads. The private key exists only in memory. */
export interface SealSigner {
  /** Hexadecimal: what an auditor is given, once, by another way than this database. */
  publicKey: string;
  /** @returns 64 bytes, Ed25519. */
  sign(sealed: Sealed): Buffer;
}

/** What wraps 32 raw bytes into a private key that Node reads (PKCS#8, RFC 8410 section 7). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/**
 * @param secret The deployment's secret, 32 characters or more. The same secret always gives the same key.
 * @returns The signer of this deployment.
 */
export function sealSigner(secret: string): SealSigner {
  const seed = Buffer.from(hkdfSync("sha256", secret, Buffer.alloc(32), "tessera/journal-seal/v1", 32));
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return {
    publicKey: spki.subarray(-32).toString("hex"),
    sign: (sealed) => sign(null, sealMessage(sealed), key),
  };
}

/** What a day's sealing came to. */
export interface DaySealed {
  /** Heads sealed now. */
  sealed: number;
  /** Chains that did not verify since their last seal: they get none. */
  broken: Array<{ tenantId: TenantId; seq: number; because: string }>;
}

/**
 * Seals the head of each chain that grew since its last seal, once a day. What was added since is recomputed first: a
 * seal under a chain that was tampered with would make it look whole.
 *
 * @param database Where.
 * @param signer Of the deployment.
 * @param now Its day, in UTC, is the day of the seals.
 */
export async function sealDay(database: Database, signer: SealSigner, now: Date): Promise<DaySealed> {
  const day = now.toISOString().slice(0, 10);
  const { rows: heads } = await database.hot.query<HeadRow>("SELECT * FROM heads_to_seal($1)", [day]);
  const result: DaySealed = { sealed: 0, broken: [] };

  for (const row of heads) {
    const { tenant_id: tenantId } = row;
    const head = { seq: Number(row.seq), hash: row.hash.toString("hex") };
    const from = { seq: Number(row.sealed_seq), hash: row.sealed_hash.toString("hex") };
    const added = rowsAfter(auditOf(tenantId as TenantScope, inTenant(database, tenantId as TenantScope)), from.seq);
    const verdict = await verifyChain(added, { from, head, seals: [], keys: [] });
    if (verdict.kind === "broken") {
      result.broken.push({ tenantId, seq: verdict.seq, because: verdict.because });
      continue;
    }
    const signature = signer.sign({ tenantId, ...head, day });
    const values = [tenantId, head.seq, row.hash, day, Buffer.from(signer.publicKey, "hex"), signature];
    const { rows } = await database.hot.query("SELECT seal_head($1, $2, $3, $4, $5, $6) AS sealed", values);
    if (rows[0]?.sealed) result.sealed++;
  }
  return result;
}

interface HeadRow {
  tenant_id: TenantId;
  seq: string;
  hash: Buffer;
  sealed_seq: string;
  sealed_hash: Buffer;
}
