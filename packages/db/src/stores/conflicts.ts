import type {
  Conflict,
  ConflictId,
  DeviceId,
  MemberId,
  Purpose,
  Refusal,
  RefusalReason,
  Resolution,
  ResourceId,
  ScanId,
} from "@tessera/contracts";
import type { Conflicts } from "@tessera/domain/redemption/hand-in";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Database } from "../database.ts";
import { failureOf } from "../failure.ts";
import type { InTenant } from "../tenant.ts";
import { outcomeOf, type StoredAnswerRow } from "./redemption-row.ts";

const MOST_LISTED = 200;
/** The function chooses its role itself, so it is asked outside the tenant's door, for all at once. */
const TOLD = {
  name: "answered_scans",
  text: "SELECT told.scan_id AS asked_for, answer.* FROM unnest($2::uuid[]) AS told (scan_id), answered_scan($1, told.scan_id) AS answer",
};

/**
 * @param database Where.
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each settlement, so that its news can leave.
 */
export function conflictsOf(
  { hot }: Pick<Database, "hot">,
  scope: TenantScope,
  tenant: InTenant,
  onChange: () => void,
): Conflicts {
  /** What each of these scans was told: the story that went before it. */
  async function refusalsOf(scans: readonly string[]): Promise<Map<string, Refusal>> {
    if (scans.length === 0) return new Map();
    const { rows } = await hot
      .query<StoredAnswerRow & { asked_for: ScanId }>({ ...TOLD, values: [scope, scans] })
      .catch((error) => {
        throw failureOf(error);
      });
    return new Map(
      rows.flatMap((row) => {
        const outcome = outcomeOf(row, row.asked_for, true);
        return outcome.kind === "refused" ? [[row.asked_for, outcome.refusal] as const] : [];
      }),
    );
  }

  return {
    async list() {
      const { rows, nameOf } = await tenant(async (tx) => {
        const rows = await tx.redemptionConflict.findMany({
          where: { tenantId: scope },
          orderBy: [{ settledAt: { sort: "asc", nulls: "first" } }, { createdAt: "desc" }],
          take: MOST_LISTED,
          include: { code: { include: { holder: true, resource: true } } },
        });
        const ids = rows.flatMap(({ deviceId }) => deviceId ?? []);
        const desks = await tx.device.findMany({ where: { tenantId: scope, id: { in: ids } } });
        const nameOf = new Map(desks.map(({ id, name }) => [id, name]));
        return { rows, nameOf };
      });
      const refusals = await refusalsOf(rows.map(({ scanId }) => scanId));
      return rows.map(
        ({ id, scanId, reason, deviceId, claimedAt, createdAt, settledAt, resolution, code }): Conflict => ({
          id: id as ConflictId,
          scanId: scanId as ScanId,
          reason: reason as RefusalReason,
          refusal: refusals.get(scanId) ?? null,
          purpose: code.purpose as Purpose,
          desk: deviceId ? { id: deviceId as DeviceId, name: nameOf.get(deviceId) ?? "" } : null,
          holder: { id: code.holder.id as MemberId, name: code.holder.name },
          resource: { id: code.resource.id as ResourceId, name: code.resource.name },
          claimedAt: claimedAt.toISOString(),
          at: createdAt.toISOString(),
          settledAt: settledAt?.toISOString() ?? null,
          resolution: resolution as Resolution | null,
        }),
      );
    },

    async settle(id, resolution, by) {
      const isSettled = await tenant(async (tx) => {
        const count = await tx.$executeRaw`UPDATE redemption_conflicts
          SET settled_at = clock_timestamp(), settled_by = ${by}::uuid, resolution = ${resolution}
          WHERE tenant_id = ${scope}::uuid AND id = ${id}::uuid AND settled_at IS NULL`;
        if (count === 0) return false;
        await tx.outbox.create({
          data: {
            tenantId: scope,
            type: "conflict.settled",
            entityId: id,
            entityVersion: 0,
            actorId: by,
            payload: { resolution },
          },
        });
        return true;
      });
      if (isSettled) onChange();
      return isSettled;
    },
  };
}
