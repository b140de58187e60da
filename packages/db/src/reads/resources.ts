import type { Availability, Resource, ResourceId, ResourceKind } from "@tessera/contracts";
import type { Resources } from "@tessera/domain/lending/shelf";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { InTenant } from "../tenant.ts";

const withOpenCheckout = {
  checkouts: { where: { returnedAt: null }, select: { dueAt: true }, take: 1 },
} as const;

/** @returns The resources of one tenant that are in use. */
export function resourcesOf(scope: TenantScope, tenant: InTenant): Resources {
  const inUse = { tenantId: scope, retiredAt: null };
  return {
    list: () =>
      tenant(async (tx) => {
        const rows = await tx.resource.findMany({
          where: inUse,
          orderBy: [{ name: "asc" }, { id: "asc" }],
          include: withOpenCheckout,
        });
        return rows.map(resourceOf);
      }),

    get: (id) =>
      tenant(async (tx) => {
        const row = await tx.resource.findFirst({ where: { ...inUse, id }, include: withOpenCheckout });
        return row && resourceOf(row);
      }),

    availability: () =>
      tenant(async (tx) => {
        const rows = await tx.resource.findMany({
          where: inUse,
          select: { id: true, version: true, claimedFrom: true, claimedUntil: true, ...withOpenCheckout },
        });
        return rows.map(availabilityOf);
      }),
  };
}

interface AvailabilityRow {
  id: string;
  version: bigint;
  claimedFrom: Date | null;
  claimedUntil: Date | null;
  checkouts: { dueAt: Date }[];
}
interface ResourceRow extends AvailabilityRow {
  name: string;
  description: string;
  kind: string;
  place: string;
  loanMinutes: number;
}

const resourceOf = (row: ResourceRow): Resource => ({
  id: row.id as ResourceId,
  name: row.name,
  description: row.description,
  kind: row.kind as ResourceKind,
  place: row.place,
  loanMinutes: row.loanMinutes,
  availability: availabilityOf(row),
});

/** A claim that is yet to begin is nobody's business here, and one that is over is none. */
function availabilityOf({ id, version, claimedFrom, claimedUntil, checkouts: [open] }: AvailabilityRow): Availability {
  const now = new Date();
  const isHeld = !open && claimedFrom !== null && claimedFrom <= now && claimedUntil !== null && claimedUntil > now;
  const until = open?.dueAt ?? (isHeld ? claimedUntil : null);
  return {
    resourceId: id as ResourceId,
    state: open ? "out" : isHeld ? "held" : "free",
    dueAt: until?.toISOString() ?? null,
    version: Number(version),
  };
}
