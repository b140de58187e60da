import { z } from "zod";
import { ApiKeyId, DeviceId, GuestId, Instant, MemberId, PlaceId, TenantId, VisitId } from "./ids.ts";
import type { Named } from "./qr.ts";
import { StorableText } from "./text.ts";

/** What a person may do in a tenant. `operator` runs the whole platform. */
export const roles = ["member", "staff", "admin", "operator"] as const;
export type Role = (typeof roles)[number];
export const Role: z.ZodType<Role, Role> = z.enum(roles);

/** Who is asking, as the gate found out. */
export type Me =
  | {
      kind: "member";
      memberId: MemberId;
      name: string;
      role: Role;
      /** The role whose rights wait until the person has a second factor; null: none waits. */
      waitingRole: Role | null;
      tenant: Named<TenantId>;
    }
  | { kind: "device"; deviceId: DeviceId; name: string; tenant: Named<TenantId> }
  /** A program of the tenant's own. */
  | { kind: "key"; keyId: ApiKeyId; name: string; tenant: Named<TenantId> }
  /** Somebody without an account, at one place of the tenant. */
  | {
      kind: "guest";
      guestId: GuestId;
      name: string;
      placeId: PlaceId;
      visitId: VisitId;
      tenant: Named<TenantId>;
    };

const Tenant = z.object({ id: TenantId, name: z.string() });
export const Me: z.ZodType<Me> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("member"),
    memberId: MemberId,
    name: z.string(),
    role: Role,
    waitingRole: Role.nullable(),
    tenant: Tenant,
  }),
  z.object({ kind: z.literal("device"), deviceId: DeviceId, name: z.string(), tenant: Tenant }),
  z.object({ kind: z.literal("key"), keyId: ApiKeyId, name: z.string(), tenant: Tenant }),
  z.object({
    kind: z.literal("guest"),
    guestId: GuestId,
    name: z.string(),
    placeId: PlaceId,
    visitId: VisitId,
    tenant: Tenant,
  }),
]);

/** One of the tenants a person belongs to. */
export interface Home {
  /** Names it in the `x-tessera-tenant` header, and to a socket. */
  slug: string;
  name: string;
  role: Role;
}

/** A person with an account, whatever they belong to. */
export interface Person {
  name: string;
  email: string;
  hasSecondFactor: boolean;
  homes: Home[];
}
export const Person: z.ZodType<Person> = z.object({
  name: z.string(),
  email: z.string(),
  hasSecondFactor: z.boolean(),
  homes: z.array(z.object({ slug: z.string(), name: z.string(), role: Role })),
});

/** Somewhere a person is signed in. */
export interface AccountSession {
  id: string;
  /** What the browser says of itself. */
  device: string;
  since: Instant;
  /** Whether it is the one that asks. */
  isHere: boolean;
}
export const AccountSession: z.ZodType<AccountSession> = z.object({
  id: z.string(),
  device: z.string(),
  since: Instant,
  isHere: z.boolean(),
});

/** A name that a person gives themselves. */
export const PersonName: z.ZodString = StorableText.trim().min(1).max(80);

/** Everything the product knows of one person: plain tables, for reading and for taking along. */
export interface PersonalData {
  madeAt: Instant;
  account: Record<string, unknown>;
  signIns: Record<string, unknown>[];
  passkeys: Record<string, unknown>[];
  memberships: {
    tenant: string;
    member: Record<string, unknown>;
    loans: Record<string, unknown>[];
    codes: Record<string, unknown>[];
    reservations: Record<string, unknown>[];
    /** Where they wait or waited for a thing. */
    queues: Record<string, unknown>[];
    /** What is in the journal by them or about them. */
    journal: Record<string, unknown>[];
  }[];
}
const table = z.array(z.record(z.string(), z.unknown()));
export const PersonalData: z.ZodType<PersonalData> = z.object({
  madeAt: Instant,
  account: z.record(z.string(), z.unknown()),
  signIns: table,
  passkeys: table,
  memberships: z.array(
    z.object({
      tenant: z.string(),
      member: z.record(z.string(), z.unknown()),
      loans: table,
      codes: table,
      reservations: table,
      queues: table,
      journal: table,
    }),
  ),
});
