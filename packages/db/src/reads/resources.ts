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
          select: { id: true, version: true, ...withOpenCheckout },
        });
        return rows.map(availabilityOf);
      }),
  };
}

interface AvailabilityRow {
  id: string;
  version: bigint;
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

const availabilityOf = ({ id, version, checkouts: [open] }: AvailabilityRow): Availability => ({
  resourceId: id as ResourceId,
  state: open ? "out" : "free",
  dueAt: open?.dueAt.toISOString() ?? null,
  version: Number(version),
});
