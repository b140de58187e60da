import { grants, type PeopleRefusal, type Role } from "@tessera/contracts";

/** @returns The roles that somebody may give to others. */
export const grantableBy = (role: Role): readonly Role[] => grants[role];

/** What somebody wants to do with the role of another. */
export interface RoleChange {
  /** The role of who asks. */
  by: Role;
  was: Role;
  /** null: they are to leave. */
  becomes: Role | null;
  /** How many administrators the tenant has. */
  admins: number;
}

/** @returns Why a role may not be changed or taken away, or null. */
export function roleRefusal({ by, was, becomes, admins }: RoleChange): PeopleRefusal | null {
  if (!grantableBy(by).includes(was)) return "may_not_touch";
  if (becomes && !grantableBy(by).includes(becomes)) return "may_not_grant";
  return isLastAdmin({ was, becomes, admins }) ? "last_admin" : null;
}

/** @returns Whether a tenant would be left without an administrator that it has now. */
export const isLastAdmin = ({ was, becomes, admins }: Omit<RoleChange, "by">): boolean =>
  was === "admin" && becomes !== "admin" && admins <= 1;

/** What a role is worth while the tenant asks its staff for a second factor. */
export interface RoleInForce {
  role: Role;
  /** The one whose rights wait; null: none does. */
  waitingRole: Role | null;
}

/** @returns The role somebody can use now. */
export function roleInForce(role: Role, factor: { isNeeded: boolean; isThere: boolean }): RoleInForce {
  const waits = factor.isNeeded && !factor.isThere && role !== "member";
  return waits ? { role: "member", waitingRole: role } : { role, waitingRole: null };
}
