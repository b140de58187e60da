import { randomUUID } from "node:crypto";
import type { DeskScope, DeviceId, TenantId } from "@tessera/contracts";
import { stateOf } from "@tessera/domain/devices/desks";
import type { NewDevice, Pairing, PairingAnswer } from "@tessera/domain/devices/pairing";
import { pollVerdict, SLOWER_BY_SECONDS } from "@tessera/domain/devices/pairing-request";
import { type Database, inRole, type Tx } from "../database.ts";
import { failureOf } from "../failure.ts";

const HOUR_MS = 3_600_000;

/**
 * How a kiosk becomes a desk, before it has a tenant.
 *
 * @param database Where.
 * @param onChange Called when a device was paired or wiped, so that the news can leave.
 */
export function pairingOf(database: Database, onChange: () => void): Pairing {
  const atGate = <T>(work: (tx: Tx) => Promise<T>) => inRole(database, "tessera_gate", work);

  return {
    async pair(codeHash, tokenHash) {
      const statement = { name: "pair_device", text: "SELECT * FROM pair_device($1, $2)" };
      const values = [Buffer.from(codeHash), Buffer.from(tokenHash)];
      const { rows } = await database.hot.query<PairRow>({ ...statement, values }).catch((error) => {
        throw failureOf(error);
      });
      const [row] = rows;
      if (!row) return null;
      onChange();
      return { deviceId: row.device_id, name: row.name, tenant: { id: row.tenant_id, name: row.tenant } };
    },

    ask: (request) =>
      atGate(async (tx) => {
        await tx.deviceRequest.deleteMany({
          where: { expiresAt: { lt: new Date(request.askedAt.getTime() - HOUR_MS) } },
        });
        const { deviceCodeHash, userCodeHash, ...rest } = request;
        await tx.deviceRequest.create({
          data: { ...rest, deviceCodeHash: Buffer.from(deviceCodeHash), userCodeHash: Buffer.from(userCodeHash) },
        });
      }),

    async poll(deviceCodeHash, tokenHash, at) {
      const answer = await atGate((tx) => answerIn(tx, Buffer.from(deviceCodeHash), Buffer.from(tokenHash), at));
      if (answer.kind === "paired") onChange();
      return answer;
    },

    standingOf: (tokenHash) =>
      atGate(async (tx) => {
        const desk = await tx.device.findUnique({ where: { tokenHash: Buffer.from(tokenHash) } });
        if (!desk) return { state: "unknown", isBlocked: false, because: null, scopes: [] };
        const { because, scopes, blockedAt } = desk;
        const isBlocked = blockedAt !== null;
        // Whoever holds a kiosk that was stolen need not read what staff wrote about it.
        return { state: stateOf(desk), isBlocked, because: isBlocked ? null : because, scopes: scopes as DeskScope[] };
      }),

    async wiped(tokenHash) {
      const { count } = await atGate((tx) => {
        const asked = { tokenHash: Buffer.from(tokenHash), wipeAskedAt: { not: null }, wipedAt: null };
        const now = new Date();
        return tx.device.updateMany({ where: asked, data: { wipedAt: now, blockedAt: now } });
      });
      if (count > 0) onChange();
      return count > 0;
    },
  };
}

/** The row is held until the answer is written, so of two polls at once one comes after the other. */
async function answerIn(
  tx: Tx,
  deviceCodeHash: Buffer<ArrayBuffer>,
  tokenHash: Buffer<ArrayBuffer>,
  at: Date,
): Promise<PairingAnswer> {
  await tx.$queryRaw`SELECT 1 AS held FROM device_requests WHERE device_code_hash = ${deviceCodeHash} FOR UPDATE`;
  const row = await tx.deviceRequest.findUnique({ where: { deviceCodeHash } });
  const settled = row?.settledAt ? (row.tenantId ? "approved" : "denied") : null;
  const verdict = pollVerdict(row && { ...row, settled, isCollected: row.collectedAt !== null }, at);
  if (!row || verdict === "expired" || verdict === "denied")
    return { kind: verdict === "denied" ? "denied" : "expired" };

  if (verdict === "collect") {
    await tx.deviceRequest.update({ where: { deviceCodeHash }, data: { collectedAt: at } });
    return { kind: "paired", device: await deviceFrom(tx, row, tokenHash) };
  }
  const intervalSeconds = row.intervalSeconds + (verdict === "slow_down" ? SLOWER_BY_SECONDS : 0);
  await tx.deviceRequest.update({ where: { deviceCodeHash }, data: { polledAt: at, intervalSeconds } });
  return { kind: verdict, intervalSeconds };
}

interface Approved {
  tenantId: string | null;
  name: string | null;
  scopes: string[];
  settledBy: string | null;
}

async function deviceFrom(
  tx: Tx,
  { tenantId, name, scopes, settledBy }: Approved,
  tokenHash: Buffer<ArrayBuffer>,
): Promise<NewDevice> {
  if (!tenantId || !name) throw new Error("an approved request has a tenant and a name");
  const id = randomUUID();
  await tx.device.create({ data: { tenantId, id, name, scopes, tokenHash } });
  const payload = JSON.stringify({ name, scopes });
  await tx.$executeRaw`INSERT INTO outbox (tenant_id, type, entity_id, entity_version, actor_id, device_id, payload)
    VALUES (${tenantId}::uuid, 'device.paired', ${id}::uuid, 0, ${settledBy}::uuid, ${id}::uuid, ${payload}::jsonb)`;
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { name: true } });
  return { deviceId: id as DeviceId, name, tenant: { id: tenantId as TenantId, name: tenant.name } };
}

interface PairRow {
  tenant_id: TenantId;
  device_id: DeviceId;
  name: string;
  tenant: string;
}
