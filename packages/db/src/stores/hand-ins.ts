import { fromBase64url } from "@tessera/domain/qr/base64url";
import type { HandIns } from "@tessera/domain/redemption/hand-in";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Database } from "../database.ts";
import { failureOf } from "../failure.ts";
import type { InTenant } from "../tenant.ts";
import { type DecidedRow, outcomeOf } from "./redemption-row.ts";

const HAND_IN = {
  name: "hand_in",
  text: `SELECT * FROM hand_in($1::uuid, $2::uuid, $3::uuid[], $4::bytea[], $5::timestamptz[], $6::bigint[], $7::bytea[],
    $8::bytea[])`,
};

/**
 * Scans that desks accepted alone, judged in one statement: the device's story and all verdicts, or nothing.
 *
 * @param database Where.
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each hand-in, so that its news can leave.
 */
export function handInsOf(
  { hot }: Pick<Database, "hot">,
  scope: TenantScope,
  tenant: InTenant,
  onChange: () => void,
): HandIns {
  return {
    async judge(device, scans) {
      const bytes = (text: string) => Buffer.from(fromBase64url(text));
      const values = [
        scope,
        device,
        scans.map(({ scanId }) => scanId),
        scans.map(({ offlineId }) => bytes(offlineId)),
        scans.map(({ claimedAt }) => claimedAt),
        scans.map(({ seq }) => seq),
        scans.map(({ prev }) => bytes(prev)),
        scans.map(({ hash }) => bytes(hash)),
      ];
      const { rows } = await hot.query<Row>({ ...HAND_IN, values }).catch((error) => {
        throw failureOf(error);
      });
      onChange();
      const [first] = rows;
      if (first?.outcome === "quarantined") return { kind: "quarantined", at: first.at.toISOString() };
      const judged = new Map(rows.map((row) => [row.n, row as DecidedRow]));
      return {
        kind: "judged",
        verdicts: scans.map(({ seq, scanId }, index) => {
          const row = judged.get(index + 1);
          const mismatch = { reason: "idempotency_mismatch" } as const;
          return {
            seq,
            outcome: row
              ? outcomeOf(row, scanId, row.replayed)
              : { kind: "refused", scanId, replayed: false, refusal: mismatch },
          };
        }),
      };
    },

    async release(device, by) {
      const isReleased = await tenant(async (tx) => {
        const { count } = await tx.device.updateMany({
          where: { tenantId: scope, id: device, quarantinedAt: { not: null } },
          data: { quarantinedAt: null, chainEpoch: { increment: 1 }, chainSeq: 0, chainHash: null },
        });
        if (count === 0) return false;
        await tx.outbox.create({
          data: {
            tenantId: scope,
            type: "device.released",
            entityId: device,
            entityVersion: 0,
            actorId: by,
            deviceId: device,
            payload: {},
          },
        });
        return true;
      });
      if (isReleased) onChange();
      return isReleased;
    },
  };
}

type Row = Omit<DecidedRow, "outcome"> & { outcome: DecidedRow["outcome"] | "quarantined" };
