import type { ApiKeyId, ApiScope, DeskScope, MemberId, Role } from "@tessera/contracts";
import type { KnownLabel } from "@tessera/domain/guests/places";
import type { Redeemer } from "@tessera/domain/redemption/ledger";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import { TRPCError } from "@trpc/server";
import { type Access, admits, kindOf } from "./access.ts";
import type { Caller } from "./platform.ts";
import { type ProcedureMeta, procedure } from "./trpc.ts";

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
  guests: "This is for guests.",
  listeners: "",
};

/** Anyone may ask, signed in or not. */
export const publicProcedure = procedure.meta({ access: "anyone" });

/** The one place where a caller becomes a tenant scope. Past it, no code can forget which tenant it serves. */
const tenantsOwn = (access: Access) =>
  procedure.meta({ access }).use(({ ctx, next, meta }) => {
    const { caller } = ctx;
    if (!caller) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
    const no = refusalOf(caller, access, meta);
    if (no !== null) throw new TRPCError({ code: "FORBIDDEN", message: no });

    const scope = caller.tenant.id as TenantScope;
    return next({ ctx: { caller, scope, tenant: ctx.platform.openTenant(scope) } });
  });

/** @returns Why somebody is not let in, in words that say what to do; null when they are. */
function refusalOf(caller: Caller, access: Access, { desk, key }: ProcedureMeta = {}): string | null {
  if (caller.kind === "key" && key) return keyRefusal(caller, key);
  if (!admits(access, kindOf(caller))) return NOT_FOR[caller.kind] ?? FOR_WHOM[access];
  return caller.kind === "device" && desk ? deskRefusal(caller, desk) : null;
}

const NOT_FOR: Partial<Record<Caller["kind"], string>> = {
  key: "API keys may not do this.",
  guest: "This is not for guests.",
};

const keyRefusal = ({ scopes }: Extract<Caller, { kind: "key" }>, needed: ApiScope): string | null =>
  scopes.includes(needed) ? null : `This key was not given ${needed}. Make one that has it in the console: API keys.`;

const WHAT: Record<DeskScope, string> = {
  redeem: "redeem codes",
  undo: "take redemptions back",
  offline: "hold codes ready for times without a network",
};

function deskRefusal({ standing, scopes }: Extract<Caller, { kind: "device" }>, needed: DeskScope): string | null {
  if (standing === "locked") return "This desk is locked. Staff can unlock it in the console: Desks.";
  if (standing === "wiping") return "This desk is to forget everything. Pair it again afterwards.";
  if (scopes.includes(needed)) return null;
  return `This desk may not ${WHAT[needed]}. Staff can allow it in the console: Desks.`;
}

const peoplesOwn = (access: Access) =>
  tenantsOwn(access).use(({ ctx, next }) => {
    const { caller } = ctx;
    if (caller.kind !== "member") throw new TRPCError({ code: "FORBIDDEN", message: FOR_WHOM.people });
    return next({ ctx: { caller } });
  });

/** A person's own account: also for whoever is signed in and belongs to no tenant. */
export const selfProcedure = procedure.meta({ access: "self" }).use(async ({ ctx, next, meta }) => {
  const no = ctx.caller && refusalOf(ctx.caller, "self", meta);
  if (no) throw new TRPCError({ code: "FORBIDDEN", message: no });
  const person = await ctx.person();
  if (!person) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
  return next({ ctx: { self: person } });
});

/** Everybody who belongs to the tenant, people and desks. */
export const tenantProcedure = tenantsOwn("tenant");

/** Everybody whom something that happens in the tenant can concern: guests too. */
export const listenerProcedure = tenantsOwn("listeners");

/** A person of the tenant, whatever their role. */
export const memberProcedure = peoplesOwn("people");

/** People who run the desk and the shelf. */
export const staffProcedure = peoplesOwn("staff");

/** Who answers for the tenant: its keys, its settings, its emergencies. */
export const adminProcedure = peoplesOwn("admins");

/** Who runs the platform. */
export const operatorProcedure = peoplesOwn("operators");

/**
 * For the part of a procedure that is for operators alone.
 *
 * @throws TRPCError FORBIDDEN For everybody else.
 */
export function operatorsAlone(caller: Caller): void {
  if (!admits("operators", kindOf(caller))) throw new TRPCError({ code: "FORBIDDEN", message: FOR_WHOM.operators });
}

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

/** A guest, at the place whose label they read. */
export const guestProcedure = tenantsOwn("guests").use(({ ctx, next }) => {
  const { caller } = ctx;
  if (caller.kind !== "guest") throw new TRPCError({ code: "FORBIDDEN", message: FOR_WHOM.guests });
  return next({ ctx: { caller } });
});

/** @returns The right to act in the tenant whose label somebody has just read: to let them in there, as a guest. */
export const scopeOfLabel = ({ tenant }: KnownLabel): TenantScope => tenant.id as TenantScope;

/** @returns Whether a role may see and do what the desk does. */
export const isStaff = (role: Role): boolean => admits("staff", role);

/**
 * People by a rule, and programs with a key that was given this scope. `by` is who did it, for the journal: a member or a key.
 */
export const orKeyProcedure = (access: Extract<Access, "staff" | "admins">, key: ApiScope) =>
  tenantsOwn(access)
    .meta({ key })
    .use(({ ctx, next }) => next({ ctx: { by: actorOf(ctx.caller) } }));

function actorOf(caller: Caller): MemberId | ApiKeyId {
  if (caller.kind === "member") return caller.memberId;
  if (caller.kind === "key") return caller.keyId;
  throw new TRPCError({ code: "FORBIDDEN", message: FOR_WHOM.people });
}

function redeemerOf(caller: Caller): Redeemer {
  if (caller.kind === "device") return { deviceId: caller.deviceId, memberId: null };
  if (caller.kind === "member") return { deviceId: null, memberId: caller.memberId };
  throw new TRPCError({ code: "FORBIDDEN", message: FOR_WHOM.redeemers });
}
