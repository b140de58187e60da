import { createHash, randomUUID } from "node:crypto";
import type { MemberId, PlaceId, PlaceKind, ResourceId, ResourceKind, Role, TenantId } from "@tessera/contracts";
import { type Database, type DatabaseRole, inRole, type Tx } from "../database.ts";

/** Builders with defaults, used by the demo and by tests alike. */
export interface Builders {
  tenant(given: { slug: string; name: string; template?: string; timeZone?: string }): Promise<TenantId>;
  member(tenant: TenantId, given: { name: string; role?: Role; userId?: string | null }): Promise<MemberId>;
  resource(tenant: TenantId, given: ResourceSeed): Promise<ResourceId>;
  /** A desk's invitation. `pairingCode` 8 characters; `reusable` only in a demo. */
  invitation(tenant: TenantId, given: { pairingCode: string; name: string; reusable?: boolean }): Promise<void>;
  /** A place with the label that hangs there. */
  place(tenant: TenantId, given: PlaceSeed): Promise<PlaceId>;
  /** Switches the guest portal on for this tenant, and for no other. */
  portalFor(tenant: TenantId): Promise<void>;
  /** A person who can sign in. `passwordHash` as the sign-in library makes it. */
  person(given: { id: string; name: string; email: string; passwordHash: string }): Promise<void>;
}

export interface PlaceSeed {
  name: string;
  kind: PlaceKind;
  key: string;
  signs: [string, string];
}

export interface ResourceSeed {
  name: string;
  kind?: ResourceKind;
  description?: string;
  place?: string;
  loanMinutes?: number;
}

/** Long enough for a demo that is left standing; a real invitation lives for minutes. */
const DEMO_YEARS = 10;

/** @returns SHA-256 of a pairing code or token: what is kept of it. */
export const hashOf = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(text).digest());

/** How a builder comes to a transaction in the role it needs. */
export type InRole = <T>(role: DatabaseRole, work: (tx: Tx) => Promise<T>) => Promise<T>;

/** @param database A migrated database. */
export const builders = (database: Database): Builders => buildersIn((role, work) => inRole(database, role, work));

/** @param as Whatever gives each of them its transaction. */
export function buildersIn(as: InRole): Builders {
  const asOperator = <T>(work: (tx: Tx) => Promise<T>) => as("tessera_operator", work);

  return {
    tenant: ({ slug, name, template = "tool_library", timeZone = "UTC" }) =>
      asOperator(async (tx) => {
        const { id } = await tx.tenant.create({ data: { slug, name, template, timeZone } });
        return id as TenantId;
      }),

    member: (tenantId, { name, role = "member", userId = null }) =>
      asOperator(async (tx) => {
        const { id } = await tx.member.create({ data: { tenantId, name, role, userId } });
        return id as MemberId;
      }),

    resource: (tenantId, { name, kind = "tool", description = "", place = "", loanMinutes = 60 * 24 * 7 }) =>
      asOperator(async (tx) => {
        const { id } = await tx.resource.create({ data: { tenantId, name, kind, description, place, loanMinutes } });
        return id as ResourceId;
      }),

    invitation: (tenantId, { pairingCode, name, reusable = false }) =>
      asOperator(async (tx) => {
        const expiresAt = new Date();
        expiresAt.setFullYear(expiresAt.getFullYear() + DEMO_YEARS);
        await tx.deviceInvitation.create({
          data: { tenantId, codeHash: hashOf(pairingCode), name, reusable, expiresAt },
        });
      }),

    place: (tenantId, { name, kind, key, signs }) =>
      as("tessera_app", async (tx) => {
        await tx.$executeRaw`SELECT set_config('app.tenant_id', ${tenantId}, true)`;
        const id = randomUUID();
        await tx.place.createMany({ data: [{ tenantId, id, kind, name }] });
        await tx.placeLabel.createMany({ data: [{ tenantId, placeId: id, key, signs }] });
        return id as PlaceId;
      }),

    portalFor: (tenantId) =>
      asOperator(async (tx) => {
        await tx.$executeRaw`UPDATE feature_flags SET enabled = true, target_tenants = ARRAY[${tenantId}]
          WHERE key = 'ff/qr_unified_portal'`;
      }),

    person: ({ id, name, email, passwordHash }) =>
      as("tessera_auth", async (tx) => {
        await tx.user.create({ data: { id, name, email, emailVerified: true } });
        await tx.account.create({
          data: { id, accountId: id, providerId: "credential", userId: id, password: passwordHash },
        });
      }),
  };
}
