import type { MemberId, Purpose, ResourceId } from "@tessera/contracts";
import type { CodeReader } from "@tessera/domain/redemption/preview-code";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { InTenant } from "../tenant.ts";

/** @returns What is known of a tenant's codes, to be told before one is used. */
export function codeReaderOf(scope: TenantScope, tenant: InTenant): CodeReader {
  return {
    known: (lookups) =>
      tenant(async (tx) => {
        const found = await tx.qrCode.findFirst({
          where: { tenantId: scope, lookup: { in: lookups.map((lookup) => Buffer.from(lookup)) } },
          select: { lookup: true },
        });
        return found && new Uint8Array(found.lookup);
      }),

    find: (lookup) =>
      tenant(async (tx) => {
        const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
        const code = await tx.qrCode.findFirst({
          where: { tenantId: scope, lookup: Buffer.from(lookup) },
          omit: { notBefore: true }, // "-infinity" is none of JavaScript's dates
          include: {
            holder: true,
            leaseDesk: true,
            redemptions: { orderBy: { useNo: "desc" }, take: 1 },
            resource: { include: { checkouts: { where: { returnedAt: null }, include: { holder: true } } } },
          },
        });
        if (!code) return { now, code: null };
        const [{ opens }] = await tx.$queryRaw<[{ opens: Date | null }]>`SELECT nullif(not_before, '-infinity') AS opens
          FROM qr_codes WHERE tenant_id = ${scope}::uuid AND id = ${code.id}::uuid`;
        const [last] = code.redemptions;
        const desk = last?.deviceId
          ? await tx.device.findFirst({ where: { tenantId: scope, id: last.deviceId } })
          : null;
        const [standing] = code.resource.checkouts;
        const { leaseDesk, leaseUntil, loanLimit } = code;
        const mine = { tenantId: scope, holderId: code.holderId, returnedAt: null };
        const limit = loanLimit === null ? null : { most: loanLimit, has: await tx.checkout.count({ where: mine }) };
        return {
          now,
          code: {
            uses: code.uses,
            maxUses: code.maxUses,
            opensAt: opens ?? new Date(0),
            expiresAt: code.expiresAt,
            invalidatedAt: code.invalidatedAt,
            isRotating: code.kind === "rotating",
            lastStep: code.lastStep === null ? null : Number(code.lastStep),
            lease:
              leaseDesk && leaseUntil
                ? { deviceId: leaseDesk.id as never, until: leaseUntil, desk: leaseDesk.name }
                : null,
            purpose: code.purpose as Purpose,
            holder: { id: code.holder.id as MemberId, name: code.holder.name },
            resource: { id: code.resource.id as ResourceId, name: code.resource.name },
            lastUse: last ? { at: last.at, desk: desk?.name ?? null, useNo: last.useNo } : null,
            limit,
            standing: standing
              ? { holderId: standing.holderId as MemberId, holder: standing.holder.name, dueAt: standing.dueAt }
              : null,
          },
        };
      }),
  };
}
