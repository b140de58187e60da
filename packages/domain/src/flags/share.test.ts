import fc from "fast-check";
import { expect, it } from "vitest";
import { flagSet, setting, somebody } from "./testing.ts";

const KEY = "qr-checkout-enabled";
/** Any sequence of UTF-16 units, halves of characters too. */
const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  minLength: 1,
});
const percentage = fc.integer({ min: 0, max: 100_000 }).map((thousandths) => thousandths / 1_000);
const flagged = (share: number, salt = "kiosk-v2") =>
  flagSet([setting({ salt, config: { rollout: "percentage", percentage: share } })]);

it("never loses anybody when it rises", () => {
  fc.assert(
    fc.property(anyText, anyText, percentage, percentage, (salt, userId, one, other) => {
      const [low, high] = one < other ? [one, other] : [other, one];
      const isOn = (share: number) => flagged(share, salt).decide(KEY, somebody({ userId })).value;
      expect(isOn(low) && !isOn(high)).toBe(false);
      expect([isOn(0), isOn(100)]).toEqual([false, true]);
    }),
  );
});

it("keeps a hundred thousand people in, through every step of a ramp", () => {
  const ramp = [1, 10, 25, 50, 99.999, 100].map((share) => flagged(share));
  for (let number = 0; number < 100_000; number++) {
    const who = somebody({ userId: `member-${number}` });
    const steps = ramp.map((flags) => flags.decide(KEY, who).value);
    if (steps.lastIndexOf(false) > steps.indexOf(true) && steps.includes(true)) expect.fail(`${who.userId} left again`);
  }
});

it("is the same for the same person, in any set that has the salt", () => {
  const [one, other] = [flagged(50, "shared"), flagged(20, "shared")];
  fc.assert(
    fc.property(anyText, (userId) => {
      expect(one.decide(KEY, somebody({ userId })).bucket).toBe(other.decide(KEY, somebody({ userId })).bucket);
    }),
  );
});

it.each([
  ["half a character", "\ud800"],
  ["the other half", "x\udfff"],
  ["ten thousand characters", "x".repeat(10_000)],
  ["ten thousand of another script", "字".repeat(10_000)],
  ["nothing but zeros", "\0\0\0\0"],
  ["a name of every object's", "__proto__"],
])("never throws for %s as an id", (_, userId) => {
  const whole = setting({
    breaker: { state: "half_open", since: "2026-11-22T12:00:00.000Z", incidentId: "", share: 99 },
    config: { rollout: "percentage", percentage: 99, users: ["x", userId.slice(1)], devices: [userId] },
    denied: { users: ["y"], resources: ["z"] },
  });
  const flags = flagSet([whole]);
  const bucket = flagged(50).decide(KEY, somebody({ userId })).bucket;
  expect(bucket).toBeGreaterThanOrEqual(0);
  expect(bucket).toBeLessThan(100_000);
  expect(() => flags.explain(KEY, somebody({ userId, resourceId: userId }))).not.toThrow();
  expect(flags.decide(KEY, somebody({ userId: "user-42", deviceId: userId }))).toMatchObject({ rule: "allow" });
});

it("takes an empty id for nobody", () => {
  expect(flagged(100).decide(KEY, somebody({ userId: "" }))).toMatchObject({
    ...{ value: false, reason: "TARGETING_KEY_MISSING" },
  });
});
