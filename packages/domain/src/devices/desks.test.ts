import { deskActs } from "@tessera/contracts";
import { expect, it } from "vitest";
import { mayAct, stateOf } from "./desks.ts";

const NOON = new Date("2026-11-26T12:00:00Z");
const nothing = { blockedAt: null, lockedAt: null, wipeAskedAt: null, wipedAt: null };

it.each([
  ["working", {}],
  ["locked", { lockedAt: NOON }],
  ["blocked", { blockedAt: NOON, lockedAt: NOON }],
  ["wiping", { wipeAskedAt: NOON, blockedAt: NOON }],
  ["wiped", { wipeAskedAt: NOON, blockedAt: NOON, wipedAt: NOON }],
] as const)("a desk is %s", (state, facts) => {
  expect(stateOf({ ...nothing, ...facts })).toBe(state);
});

it.each([
  ["working", false, ["lock", "block", "wipe"]],
  ["locked", false, ["unlock", "block", "wipe"]],
  ["blocked", true, ["unblock", "wipe"]],
  ["wiping", false, ["block", "keep"]],
  ["wiping", true, ["unblock", "keep"]],
  ["wiped", true, []],
] as const)("with a desk that is %s (blocked: %s) can be done: %j", (state, isBlocked, acts) => {
  expect(deskActs.filter((act) => mayAct({ state, isBlocked }, act))).toEqual(acts);
});
