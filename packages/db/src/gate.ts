import type {
  ApiKeyId,
  ApiScope,
  DeskScope,
  DeviceId,
  GuestId,
  MemberId,
  PlaceId,
  Role,
  TenantId,
  VisitId,
} from "@tessera/contracts";
import type { KnownDevice, Pairing } from "@tessera/domain/devices/pairing";
import type { KnownGuest } from "@tessera/domain/guests/guest-sessions";
import type { GuestGate } from "@tessera/domain/guests/places";
import type { KnownKey } from "@tessera/domain/keys/api-keys";
import { type RoleInForce, roleInForce } from "@tessera/domain/people/rules";
import { type Database, inRole } from "./database.ts";
import { failureOf } from "./failure.ts";
import { guestGateOf } from "./stores/guest-gate.ts";
import { pairingOf } from "./stores/pairing.ts";

/** One person in one tenant. */
export interface Membership extends RoleInForce {
  memberId: MemberId;
  name: string;
  tenant: { id: TenantId; name: string; slug: string };
}

/** What is asked before there is a tenant: who is this? Each token costs one look-up, by its SHA-256. */
export interface Gate extends Pairing, GuestGate {
  /** @returns The memberships of a signed-in person, oldest first. */
  memberships(userId: string): Promise<Membership[]>;
  /** @returns The device with this token, or null when it is unknown or blocked. */
  device(tokenHash: Uint8Array): Promise<KnownDevice | null>;
  /** @returns The key with this token, or null when it is unknown, revoked or expired. */
  apiKey(tokenHash: Uint8Array): Promise<KnownKey | null>;
  /** @returns The guest with this token, or null when their session is unknown or has ended. */
  guest(tokenHash: Uint8Array): Promise<KnownGuest | null>;
}

/**
 * @param database Where.
 * @param onChange Called when a device was paired or wiped, so that the news can leave.
 */
export function openGate(database: Database, onChange: () => void): Gate {
  /** One statement: the function takes its role, and notes that the token was seen. */
  async function known<Row>(by: "known_device" | "known_api_key" | "known_guest", tokenHash: Uint8Array) {
    const statement = { name: by, text: `SELECT * FROM ${by}($1)`, values: [Buffer.from(tokenHash)] };
    const { rows } = await database.hot.query<Row & Tenanted>(statement).catch((error) => {
      throw failureOf(error);
    });
    const [row] = rows;
    return row ? { row, tenant: { id: row.tenant_id, name: row.tenant } } : null;
  }

  return {
    ...pairingOf(database, onChange),
    ...guestGateOf(database),

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

    async device(tokenHash) {
      const found = await known<DeviceRow>("known_device", tokenHash);
      if (!found) return null;
      const { id, name, scopes, standing } = found.row;
      return { deviceId: id, name, scopes, standing, tenant: found.tenant };
    },

    async apiKey(tokenHash) {
      const found = await known<KeyRow>("known_api_key", tokenHash);
      if (!found) return null;
      const { id, name, scopes, ends_at } = found.row;
      return { keyId: id, name, scopes, endsAt: ends_at, tenant: found.tenant };
    },

    async guest(tokenHash) {
      const found = await known<GuestRow>("known_guest", tokenHash);
      if (!found) return null;
      const { id, place_id, visit_id } = found.row;
      return { guestId: id, name: "Guest", placeId: place_id, visitId: visit_id, tenant: found.tenant };
    },
  };
}

interface Tenanted {
  tenant_id: TenantId;
  tenant: string;
}
interface DeviceRow {
  id: DeviceId;
  name: string;
  scopes: DeskScope[];
  standing: KnownDevice["standing"];
}
interface KeyRow {
  id: ApiKeyId;
  name: string;
  scopes: ApiScope[];
  ends_at: Date | null;
}
interface GuestRow {
  id: GuestId;
  place_id: PlaceId;
  visit_id: VisitId;
}
