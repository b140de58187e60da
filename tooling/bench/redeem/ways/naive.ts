import { randomUUID } from "node:crypto";
import type { Database } from "@tessera/db";
import { atMost } from "../at-most.ts";
import type { House } from "../house.ts";

type Prisma = Database["prisma"];

/** The driver's pool has ten connections, which is also what it takes when nobody says a number. */
const inLine = atMost(10);
const PATIENT = { maxWait: 60_000, timeout: 60_000 };

/** An interactive transaction, as soon as a connection is free. */
export const inTransaction = <T>(prisma: Prisma, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inLine(() => prisma.$transaction(work, PATIENT));

type Tx = Parameters<Parameters<Prisma["$transaction"]>[0]>[0];

/**
 * As most projects write it: an interactive transaction that locks the row, looks, and writes. Correct, and a lock held
 * over five trips to the database. It keeps no scan and no news, so it does less than the product.
 */
export function lockAndWrite(
  prisma: Prisma,
  house: Pick<House, "tenantId" | "deviceId">,
  lookup: Buffer,
): Promise<string> {
  const { tenantId } = house;
  return inTransaction(prisma, async (tx) => {
    await tx.$queryRaw`SELECT id FROM qr_codes WHERE tenant_id = ${tenantId}::uuid AND lookup = ${lookup} FOR UPDATE`;
    return readAndWrite(tx, house, lookup);
  });
}

/** Reads, decides, then writes: right only while nobody else does the same at the same time. */
export async function readAndWrite(
  tx: Tx,
  { tenantId, deviceId }: Pick<House, "tenantId" | "deviceId">,
  lookup: Buffer,
): Promise<string> {
  const code = await tx.qrCode.findFirst({
    where: { tenantId, lookup: new Uint8Array(lookup) },
    include: { holder: true, resource: true },
  });
  if (!code) return "not_found";
  if (code.invalidatedAt) return "revoked";
  if (code.uses >= code.maxUses) return "already_redeemed";
  const now = new Date();
  if (code.expiresAt <= now) return "expired";

  await tx.qrCode.update({ where: { tenantId_id: { tenantId, id: code.id } }, data: { uses: code.uses + 1 } });
  const { resourceId, holderId } = code;
  const dueAt = new Date(now.getTime() + code.resource.loanMinutes * 60_000);
  const checkout = await tx.checkout.create({ data: { tenantId, resourceId, holderId, outAt: now, dueAt } });
  const use = { codeId: code.id, useNo: code.uses + 1, scanId: randomUUID(), checkoutId: checkout.id, at: now };
  await tx.redemption.create({ data: { tenantId, deviceId, ...use } });
  return "redeemed";
}
