import type { Role } from "@tessera/contracts";
import type { AnyTRPCRouter } from "@trpc/server";

/** Kinds of callers, as far as rights go: people by their role, desks, and whoever is not signed in. */
export const callerKinds = ["stranger", "member", "staff", "admin", "operator", "desk"] as const;
export type CallerKind = (typeof callerKinds)[number];

/** The rules that a procedure can choose from, and whom each lets in. */
export const accessRules = {
  anyone: callerKinds,
  tenant: ["member", "staff", "admin", "operator", "desk"],
  self: ["member", "staff", "admin", "operator"],
  people: ["member", "staff", "admin", "operator"],
  staff: ["staff", "admin", "operator"],
  admins: ["admin", "operator"],
  operators: ["operator"],
  desks: ["desk"],
  redeemers: ["staff", "admin", "operator", "desk"],
} as const satisfies Record<string, readonly CallerKind[]>;

/** The name of a rule. */
export type Access = keyof typeof accessRules;

/** @returns Whether a rule lets such a caller in. */
export const admits = (access: Access, kind: CallerKind): boolean =>
  (accessRules[access] as readonly CallerKind[]).includes(kind);

/** @returns What somebody is to the rules. */
export const kindOf = (caller: { kind: "device" } | { kind: "member"; role: Role } | null): CallerKind => {
  if (!caller) return "stranger";
  return caller.kind === "device" ? "desk" : caller.role;
};

/** Who may call one procedure. */
export interface AccessRow {
  path: string;
  type: "query" | "mutation" | "subscription";
  /** Null: it does not say, so nobody may. */
  access: Access | null;
}

/**
 * @param router Whose procedures.
 * @returns Who may call each, by path.
 */
export function accessTable(router: AnyTRPCRouter): AccessRow[] {
  const procedures = router._def.procedures as unknown as Record<string, { _def: Described }>;
  return Object.entries(procedures)
    .map(([path, { _def }]) => ({ path, type: _def.type, access: _def.meta?.access ?? null }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

interface Described {
  type: AccessRow["type"];
  meta?: { access?: Access };
}
