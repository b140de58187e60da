import { roles } from "@tessera/contracts";
import { expect, it } from "vitest";
import { grantableBy, roleInForce, roleRefusal } from "./rules.ts";

it.each([
  ["member", []],
  ["staff", ["member"]],
  ["admin", ["member", "staff", "admin"]],
  ["operator", roles],
] as const)("lets a %s give the roles %j", (role, grantable) => {
  expect(grantableBy(role)).toEqual(grantable);
});

it.each([
  ["an admin promotes a member", { by: "admin", was: "member", becomes: "staff", admins: 1 }, null],
  ["an admin makes an operator", { by: "admin", was: "member", becomes: "operator", admins: 1 }, "may_not_grant"],
  ["an admin removes an operator", { by: "admin", was: "operator", becomes: null, admins: 1 }, "may_not_touch"],
  ["staff demote an admin", { by: "staff", was: "admin", becomes: "member", admins: 2 }, "may_not_touch"],
  ["one of two admins leaves", { by: "admin", was: "admin", becomes: null, admins: 2 }, null],
  ["the last admin leaves", { by: "admin", was: "admin", becomes: null, admins: 1 }, "last_admin"],
  ["an operator demotes the last admin", { by: "operator", was: "admin", becomes: "staff", admins: 1 }, "last_admin"],
  ["the last admin stays one", { by: "admin", was: "admin", becomes: "admin", admins: 1 }, null],
] as const)("when %s", (_what, change, refusal) => {
  expect(roleRefusal(change)).toBe(refusal);
});

it("keeps a role waiting only where a second factor is needed and missing", () => {
  expect(roleInForce("admin", { isNeeded: true, isThere: false })).toEqual({ role: "member", waitingRole: "admin" });
  expect(roleInForce("admin", { isNeeded: true, isThere: true })).toEqual({ role: "admin", waitingRole: null });
  expect(roleInForce("staff", { isNeeded: false, isThere: false })).toEqual({ role: "staff", waitingRole: null });
  expect(roleInForce("member", { isNeeded: true, isThere: false })).toEqual({ role: "member", waitingRole: null });
});
