import type { Role } from "@tessera/contracts";

/** What a role is called on a screen. */
export const roleWords: Record<Role, string> = {
  member: "Member",
  staff: "Staff",
  admin: "Administrator",
  operator: "Operator",
};
