import type { Role } from "@tessera/contracts";
import type { Redeemer } from "@tessera/domain/redemption/ledger";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import { TRPCError } from "@trpc/server";
import type { Caller } from "./platform.ts";
import { procedure } from "./trpc.ts";

/** Anyone may ask, signed in or not. */
export const publicProcedure = procedure;

/** The one place where a caller becomes a tenant scope. Past it, no code can forget which tenant it serves. */
export const tenantProcedure = procedure.use(({ ctx, next }) => {
  const { caller } = ctx;
  if (!caller) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });

  const scope = caller.tenant.id as TenantScope;
  return next({ ctx: { caller, scope, tenant: ctx.platform.openTenant(scope) } });
});

/** A person of the tenant, whatever their role. */
export const memberProcedure = tenantProcedure.use(({ ctx, next }) => {
  const { caller } = ctx;
  if (caller.kind !== "member") throw forbidden("This is for people, not for desks.");
  return next({ ctx: { caller } });
});

/** People who run the desk and the shelf. */
export const staffProcedure = memberProcedure.use(({ ctx, next }) => {
  if (!isStaff(ctx.caller.role)) throw forbidden("This is for staff.");
  return next({ ctx });
});

/** Who answers for the tenant: its keys, its settings, its emergencies. */
export const adminProcedure = memberProcedure.use(({ ctx, next }) => {
  const { role } = ctx.caller;
  if (role !== "admin" && role !== "operator") throw forbidden("This is for those who run this tenant.");
  return next({ ctx });
});

/** A kiosk itself: what concerns its own identity. */
export const deviceProcedure = tenantProcedure.use(({ ctx, next }) => {
  const { caller } = ctx;
  if (caller.kind !== "device") throw forbidden("This is for desks.");
  return next({ ctx: { caller } });
});

/** Who runs the platform. */
export const operatorProcedure = memberProcedure.use(({ ctx, next }) => {
  if (ctx.caller.role !== "operator") throw forbidden("This is for operators of the platform.");
  return next({ ctx });
});

/** A kiosk, or staff at a screen of their own: those who may redeem. */
export const deskProcedure = tenantProcedure.use(({ ctx, next }) => {
  const by = redeemerOf(ctx.caller);
  if (!by) throw forbidden("Codes are redeemed at a desk. Show yours there.");
  return next({ ctx: { by } });
});

/** @returns Whether a role may see and do what the desk does. */
export const isStaff = (role: Role): boolean => role !== "member";

function redeemerOf(caller: Caller): Redeemer | null {
  if (caller.kind === "device") return { deviceId: caller.deviceId, memberId: null };
  return isStaff(caller.role) ? { deviceId: null, memberId: caller.memberId } : null;
}

const forbidden = (message: string) => new TRPCError({ code: "FORBIDDEN", message });
