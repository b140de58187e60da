import type { Role } from "@tessera/contracts";
import type { Redeemer } from "@tessera/domain/redemption/ledger";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import { TRPCError } from "@trpc/server";
import { type Access, admits, kindOf } from "./access.ts";
import type { Caller } from "./platform.ts";
import { procedure } from "./trpc.ts";

/** What those hear whom a rule does not let in. */
const FOR_WHOM: Record<Access, string> = {
  anyone: "",
  tenant: "",
  self: "This is for people, not for desks.",
  people: "This is for people, not for desks.",
  staff: "This is for staff.",
  admins: "This is for those who run this tenant.",
  operators: "This is for operators of the platform.",
  desks: "This is for desks.",
  redeemers: "Codes are redeemed at a desk. Show yours there.",
};

/** Anyone may ask, signed in or not. */
export const publicProcedure = procedure.meta({ access: "anyone" });

/** The one place where a caller becomes a tenant scope. Past it, no code can forget which tenant it serves. */
const tenantsOwn = (access: Access) =>
  procedure.meta({ access }).use(({ ctx, next }) => {
    const { caller } = ctx;
    if (!caller) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
    if (!admits(access, kindOf(caller))) throw new TRPCError({ code: "FORBIDDEN", message: FOR_WHOM[access] });

    const scope = caller.tenant.id as TenantScope;
    return next({ ctx: { caller, scope, tenant: ctx.platform.openTenant(scope) } });
  });

const peoplesOwn = (access: Access) =>
  tenantsOwn(access).use(({ ctx, next }) => {
    const { caller } = ctx;
    if (caller.kind !== "member") throw new TRPCError({ code: "FORBIDDEN", message: FOR_WHOM.people });
    return next({ ctx: { caller } });
  });

/** A person's own account: also for whoever is signed in and belongs to no tenant. */
export const selfProcedure = procedure.meta({ access: "self" }).use(async ({ ctx, next }) => {
  if (ctx.caller?.kind === "device") throw new TRPCError({ code: "FORBIDDEN", message: FOR_WHOM.self });
  const person = await ctx.person();
  if (!person) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
  return next({ ctx: { self: person } });
});

/** Everybody who belongs to the tenant, people and desks. */
export const tenantProcedure = tenantsOwn("tenant");

/** A person of the tenant, whatever their role. */
export const memberProcedure = peoplesOwn("people");

/** People who run the desk and the shelf. */
export const staffProcedure = peoplesOwn("staff");

/** Who answers for the tenant: its keys, its settings, its emergencies. */
export const adminProcedure = peoplesOwn("admins");

/** Who runs the platform. */
export const operatorProcedure = peoplesOwn("operators");

/** A kiosk itself: what concerns its own identity. */
export const deviceProcedure = tenantsOwn("desks").use(({ ctx, next }) => {
  const { caller } = ctx;
  if (caller.kind !== "device") throw new TRPCError({ code: "FORBIDDEN", message: FOR_WHOM.desks });
  return next({ ctx: { caller } });
});

/** A kiosk, or staff at a screen of their own: those who may redeem. */
export const deskProcedure = tenantsOwn("redeemers").use(({ ctx, next }) =>
  next({ ctx: { by: redeemerOf(ctx.caller) } }),
);

/** @returns Whether a role may see and do what the desk does. */
export const isStaff = (role: Role): boolean => admits("staff", role);

const redeemerOf = (caller: Caller): Redeemer =>
  caller.kind === "device"
    ? { deviceId: caller.deviceId, memberId: null }
    : { deviceId: null, memberId: caller.memberId };
