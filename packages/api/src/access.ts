import type { ApiScope, DeskScope, Role } from "@tessera/contracts";
import type { AnyTRPCRouter } from "@trpc/server";

/** Kinds of callers, as far as rights go: people by their role, desks, programs with a key, guests, and whoever is nobody. */
export const callerKinds = ["stranger", "member", "staff", "admin", "operator", "desk", "key", "guest"] as const;
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
  guests: ["guest"],
  listeners: ["member", "staff", "admin", "operator", "desk", "guest"],
} as const satisfies Record<string, readonly CallerKind[]>;

/** The name of a rule. */
export type Access = keyof typeof accessRules;

/** @returns Whether a rule lets such a caller in. */
export const admits = (access: Access, kind: CallerKind): boolean =>
  (accessRules[access] as readonly CallerKind[]).includes(kind);

/** @returns Whether a procedure is for such a caller. A desk and a key must be allowed it besides, by their scopes. */
export const isFor = ({ access, key }: Pick<AccessRow, "access" | "key">, kind: CallerKind): boolean =>
  access !== null && (admits(access, kind) || (kind === "key" && key !== null));

/** @returns What somebody is to the rules. */
export const kindOf = (caller: Kinds | null): CallerKind => {
  if (!caller) return "stranger";
  if (caller.kind === "member") return caller.role;
  return caller.kind === "device" ? "desk" : caller.kind;
};
type Kinds = { kind: "device" | "key" | "guest" } | { kind: "member"; role: Role };

/** Who may call one procedure. */
export interface AccessRow {
  path: string;
  type: "query" | "mutation" | "subscription";
  /** Null: it does not say, so nobody may. */
  access: Access | null;
  /** What a desk must be allowed for it; null: nothing of its own. */
  desk: DeskScope | null;
  /** What a key must be allowed for it; null: it is not for keys. */
  key: ApiScope | null;
}

/**
 * @param router Whose procedures.
 * @returns Who may call each, by path.
 */
export function accessTable(router: AnyTRPCRouter): AccessRow[] {
  const procedures = router._def.procedures as unknown as Record<string, { _def: Described }>;
  return Object.entries(procedures)
    .map(
      ([
        path,
        {
          _def: { type, meta },
        },
      ]) => {
        const { access = null, desk = null, key = null } = meta ?? {};
        return { path, type, access, desk, key };
      },
    )
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

interface Described {
  type: AccessRow["type"];
  meta?: Partial<Pick<AccessRow, "access" | "desk" | "key">>;
}
