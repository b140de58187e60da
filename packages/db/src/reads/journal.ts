import type { Journal } from "@tessera/domain/events/follow";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { InTenant } from "../tenant.ts";
import { eventOf } from "./event.ts";

/** @returns The journal of one tenant, to read. */
export function journalOf(scope: TenantScope, tenant: InTenant): Journal {
  return {
    since: (seen, limit) =>
      tenant(async (tx) => {
        const rows = await tx.journalEntry.findMany({
          where: { tenantId: scope, seq: { gt: seen } },
          orderBy: { seq: "asc" },
          take: limit,
        });
        return rows.map((row) => eventOf({ ...row, entity_id: row.entityId }));
      }),

    head: () =>
      tenant(async (tx) => {
        const head = await tx.streamHead.findUnique({ where: { tenantId: scope } });
        return Number(head?.seq ?? 0);
      }),
  };
}
