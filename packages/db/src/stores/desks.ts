import {
  type Desk,
  type DeskAct,
  type DeskOutcome,
  type DeskScope,
  type DeviceId,
  deskActs,
  type MemberId,
} from "@tessera/contracts";
import { type DeskFacts, type Desks, mayAct, stateOf } from "@tessera/domain/devices/desks";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import type { InTenant } from "../tenant.ts";

const LEFT = { kind: "left_alone", because: "not_found" } as const;

/** What each act writes. The database says that it happened (`device_stands`), and keeps the reason. */
const CHANGES: Record<DeskAct, (at: Date) => Partial<DeskFacts>> = {
  lock: (at) => ({ lockedAt: at }),
  unlock: () => ({ lockedAt: null }),
  block: (at) => ({ blockedAt: at }),
  unblock: () => ({ blockedAt: null }),
  wipe: (at) => ({ wipeAskedAt: at }),
  keep: () => ({ wipeAskedAt: null }),
};

/**
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each change, so that its news can leave.
 */
export function desksOf(scope: TenantScope, tenant: InTenant, onChange: () => void): Desks {
  const which = (id: DeviceId) => ({ tenantId_id: { tenantId: scope, id } });

  /** The row is held, so that two acts at once are judged one after the other. */
  async function change(
    deviceId: DeviceId,
    by: MemberId,
    because: string,
    data: (desk: Desk) => Partial<DeskFacts> | { name: string; scopes: string[] } | null,
  ): Promise<DeskOutcome> {
    const outcome = await tenant(async (tx): Promise<DeskOutcome> => {
      await tx.$queryRaw`SELECT set_config('app.member', ${by}, true), set_config('app.because', ${because}, true)`;
      await tx.$queryRaw`SELECT 1 AS held FROM devices
        WHERE tenant_id = ${scope}::uuid AND id = ${deviceId}::uuid FOR NO KEY UPDATE`;
      const desk = await deskIn(tx, deviceId);
      if (!desk) return LEFT;
      const changed = data(desk);
      if (!changed) return { kind: "left_alone", because: "not_possible" };
      await tx.device.updateMany({ where: { tenantId: scope, id: deviceId }, data: changed });
      return { kind: "done", desk: (await deskIn(tx, deviceId)) as Desk };
    });
    if (outcome.kind === "done") onChange();
    return outcome;
  }

  const deskIn = async (tx: Tx, id: DeviceId) => {
    const row = await tx.device.findUnique({ where: which(id), select: SHOWN });
    return row && deskOf(row);
  };

  return {
    list: () =>
      tenant(async (tx) => {
        const rows = await tx.device.findMany({
          where: { tenantId: scope },
          select: SHOWN,
          orderBy: [{ createdAt: "desc" }, { id: "asc" }],
          take: MOST_LISTED,
        });
        return rows.map(deskOf);
      }),
    act: ({ deviceId, act, because }, by) =>
      change(deviceId, by, because, (desk) => (mayAct(desk, act) ? CHANGES[act](new Date()) : null)),
    change: ({ deviceId, name, scopes }, by) =>
      change(deviceId, by, "", (desk) => (desk.state === "wiped" ? null : { name, scopes })),
  };
}

const MOST_LISTED = 500;

/** Never the hash of its token. */
const SHOWN = {
  id: true,
  name: true,
  scopes: true,
  because: true,
  createdAt: true,
  lastSeenAt: true,
  quarantinedAt: true,
  blockedAt: true,
  lockedAt: true,
  wipeAskedAt: true,
  wipedAt: true,
} as const;

interface DeskRow extends DeskFacts {
  id: string;
  name: string;
  scopes: string[];
  because: string | null;
  createdAt: Date;
  lastSeenAt: Date | null;
  quarantinedAt: Date | null;
}

function deskOf(row: DeskRow): Desk {
  const stands = { state: stateOf(row), isBlocked: row.blockedAt !== null };
  return {
    ...stands,
    acts: deskActs.filter((act) => mayAct(stands, act)),
    deviceId: row.id as DeviceId,
    name: row.name,
    because: row.because,
    scopes: row.scopes as DeskScope[],
    pairedAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    isQuarantined: row.quarantinedAt !== null,
  };
}
