import { type SecurityAlert, suspicionKinds } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { seenOf, sentenceOf } from "./words.ts";

const alert = (more: Partial<SecurityAlert>) =>
  ({
    kind: "forged_codes",
    subject: { kind: "desk", id: "d" },
    evidence: { name: "Front desk", seen: {}, addresses: [], elsewhere: [] },
    ...more,
  }) as SecurityAlert;

describe("an alert", () => {
  it.each(suspicionKinds)("of %s is one sentence that names who", (kind) => {
    expect(sentenceOf(alert({ kind }))).toMatch(/^Front desk .+\.$/);
  });

  it("of a stranger names the address", () => {
    const subject = { kind: "address", id: "203.0.113.7" } as const;
    expect(sentenceOf(alert({ kind: "failed_sign_ins", subject }))).toBe(
      "Somebody at 203.0.113.7 fails to sign in again and again.",
    );
  });

  it("says what was seen, and how often, also in a word of tomorrow", () => {
    expect(seenOf({ already_redeemed: 3, a_new_reason: 1 })).toBe("3 × a used code, 1 × a new reason");
  });
});
