import { z } from "zod";
import { ApiKeyId, DeviceId, GuestId, MemberId, TenantId } from "./ids.ts";
import type { Named } from "./qr.ts";

/** What a person may do in a tenant. `operator` runs the whole platform. */
export const roles = ["member", "staff", "admin", "operator"] as const;
export type Role = (typeof roles)[number];

/** Who is asking, as the gate found out. */
export type Me =
  | { kind: "member"; memberId: MemberId; name: string; role: Role; tenant: Named<TenantId> }
  | { kind: "device"; deviceId: DeviceId; name: string; tenant: Named<TenantId> }
  /** A program of the tenant's own. */
  | { kind: "key"; keyId: ApiKeyId; name: string; tenant: Named<TenantId> }
  /** Somebody without an account, at one place of the tenant. */
  | { kind: "guest"; guestId: GuestId; name: string; placeId: string; tenant: Named<TenantId> };

const Tenant = z.object({ id: TenantId, name: z.string() });
export const Me: z.ZodType<Me> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("member"), memberId: MemberId, name: z.string(), role: z.enum(roles), tenant: Tenant }),
  z.object({ kind: z.literal("device"), deviceId: DeviceId, name: z.string(), tenant: Tenant }),
  z.object({ kind: z.literal("key"), keyId: ApiKeyId, name: z.string(), tenant: Tenant }),
  z.object({ kind: z.literal("guest"), guestId: GuestId, name: z.string(), placeId: z.string(), tenant: Tenant }),
]);
