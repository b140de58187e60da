import type { KeyState } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { maySign, maySignFrom, mayVerify, shownKey } from "./signing-key.ts";
import { NOON } from "./testing.ts";

const hoursAfter = (hours: number) => new Date(NOON.getTime() + hours * 3_600_000);
const key = (state: KeyState) => ({
  keyId: 3,
  state,
  since: NOON,
  salt: new Uint8Array(32),
  publicKey: new Uint8Array(32),
});

describe("a signing key", () => {
  it.each([
    ["next", false, true, true],
    ["active", true, true, true],
    ["retiring", false, true, false],
    ["retired", false, false, false],
    ["revoked", false, false, false],
  ] as const)("that is %s: signs %s, verifies now %s, in a year %s", (state, signs, now, inAYear) => {
    expect(maySign(key(state))).toBe(signs);
    expect(mayVerify(key(state), NOON)).toBe(now);
    expect(mayVerify(key(state), hoursAfter(24 * 365))).toBe(inAYear);
  });

  it("verifies for 36 hours while it retires: a day that a code may live, and half a day that a kiosk may be away", () => {
    expect(mayVerify(key("retiring"), new Date(hoursAfter(36).getTime() - 1))).toBe(true);
    expect(mayVerify(key("retiring"), hoursAfter(36))).toBe(false);
  });

  it("may sign a day after it became known", () => {
    expect(maySignFrom(key("next"))).toEqual(hoursAfter(24));
  });

  it("shows people nothing of what it is made of", () => {
    expect(shownKey(key("retiring"))).toEqual({
      keyId: 3,
      state: "retiring",
      since: NOON.toISOString(),
      verifiesUntil: hoursAfter(36).toISOString(),
    });
    expect(shownKey(key("active")).verifiesUntil).toBeNull();
  });
});
