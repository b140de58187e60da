import type { DeviceId, MemberId, Role, TenantId } from "@tessera/contracts";
import type { KnownDevice, Pairing } from "@tessera/domain/devices/pairing";
import { type RoleInForce, roleInForce } from "@tessera/domain/people/rules";
import { type Database, inRole } from "./database.ts";
import { failureOf } from "./failure.ts";

/** One person in one tenant. */
export interface Membership extends RoleInForce {
  memberId: MemberId;
  name: string;
  tenant: { id: TenantId; name: string; slug: string };
}

/** What is asked before there is a tenant: who is this? */
export interface Gate extends Pairing {
  /** @returns The memberships of a signed-in person, oldest first. */
  memberships(userId: string): Promise<Membership[]>;
  /** @returns The device with this token's hash (32 bytes), or null when it is unknown or blocked. */
  device(tokenHash: Uint8Array): Promise<KnownDevice | null>;
}

/**
 * @param database Where.
 * @param onChange Called when a device was paired, so that the news can leave.
 */
export function openGate(database: Database, onChange: () => void): Gate {
  return {
    memberships: (userId) =>
      inRole(database, "tessera_gate", async (tx) => {
        const rows = await tx.member.findMany({
          where: { userId, leftAt: null },
          orderBy: { createdAt: "asc" },
          include: {
            tenant: { select: { id: true, name: true, slug: true, staffSecondFactor: true } },
            user: { select: { twoFactorEnabled: true } },
          },
        });
        return rows.map(({ id, name, role, tenant, user }) => {
          const factor = { isNeeded: tenant.staffSecondFactor, isThere: user?.twoFactorEnabled ?? false };
          return {
            memberId: id as MemberId,
            name,
            ...roleInForce(role as Role, factor),
            tenant: { id: tenant.id as TenantId, name: tenant.name, slug: tenant.slug },
          };
        });
      }),

    device: (tokenHash) =>
      inRole(database, "tessera_gate", async (tx) => {
        const row = await tx.device.findUnique({
          where: { tokenHash: Buffer.from(tokenHash) },
          include: { tenant: { select: { id: true, name: true } } },
        });
        if (!row || row.blockedAt) return null;
        const tenant = { id: row.tenant.id as TenantId, name: row.tenant.name };
        return { deviceId: row.id as DeviceId, name: row.name, tenant };
      }),

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
  };
}

interface PairRow {
  tenant_id: TenantId;
  device_id: DeviceId;
  name: string;
  tenant: string;
}
