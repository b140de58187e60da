import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeFacts, encodeFacts, type SignedFacts } from "./signed-facts.ts";

const id = Uint8Array.from({ length: 12 }, (_, at) => 0xa0 + at);
const facts: SignedFacts = {
  keyId: 200,
  tenantNumber: 0x01020304,
  notBefore: new Date("2024-01-01T00:00:01Z"),
  expiresAt: new Date("2024-01-02T00:00:00Z"),
  audience: ["kiosk", "sdk"],
  maxUses: 3,
};
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("the facts of a signed code", () => {
  it("lie byte for byte where the format says", () => {
    const layout = ["12", "c8", "01020304", "a0a1a2a3a4a5a6a7a8a9aaab", "00000001", "00015180", "05", "03"];
    expect(hex(encodeFacts("signed", facts, id))).toBe(layout.join(""));
  });

  it("differ in their first byte alone from those of a rotating code", () => {
    expect(hex(encodeFacts("rotating", facts, id))).toBe(hex(encodeFacts("signed", facts, id)).replace(/^12/, "13"));
  });

  it("read back as they were written, cut to whole seconds", () => {
    const second = fc.integer({ min: 0, max: 0xffff_fffe });
    const someFacts = fc.record({
      keyId: fc.nat(255),
      tenantNumber: fc.nat(0xffff_ffff),
      opens: second,
      life: fc.integer({ min: 1, max: 86_400 }),
      audience: fc.subarray(["kiosk", "portal", "sdk"] as const, { minLength: 1 }),
      maxUses: fc.integer({ min: 1, max: 255 }),
      ms: fc.nat(999),
    });
    fc.assert(
      fc.property(
        someFacts,
        fc.uint8Array({ minLength: 12, maxLength: 12 }),
        ({ opens, life, ms, ...rest }, secret) => {
          fc.pre(opens + life <= 0xffff_ffff);
          const moment = (seconds: number) => Date.UTC(2024, 0, 1) + seconds * 1_000;
          const [notBefore, expiresAt] = [new Date(moment(opens)), new Date(moment(opens + life))];
          const late = new Date(notBefore.getTime() + ms);
          const payload = encodeFacts("signed", { ...rest, notBefore: late, expiresAt }, secret);
          expect(payload).toHaveLength(28);
          expect(decodeFacts(payload)).toEqual({
            secretPart: new Uint8Array(secret),
            facts: { ...rest, notBefore, expiresAt },
          });
        },
      ),
    );
  });

  it.each([
    ["a key id of 256", { keyId: 256 }],
    ["a tenant number beyond four bytes", { tenantNumber: 2 ** 32 }],
    ["a negative tenant number", { tenantNumber: -1 }],
    ["a moment before 2024", { notBefore: new Date("2023-12-31T23:59:59Z") }],
    ["an end before the beginning", { expiresAt: facts.notBefore }],
    ["an end that is no date", { expiresAt: new Date(Number.NaN) }],
    ["no use", { maxUses: 0 }],
    ["256 uses", { maxUses: 256 }],
    ["nowhere to be shown", { audience: [] }],
  ])("refuse %s", (_, wrong) => {
    expect(() => encodeFacts("signed", { ...facts, ...wrong }, id)).toThrow(RangeError);
  });

  it("refuse an id that is not 12 bytes long", () => {
    expect(() => encodeFacts("signed", facts, new Uint8Array(16))).toThrow(RangeError);
  });
});
