import { describe, expect, it } from "vitest";
import { type CodeFacts, refusalFor } from "./rules.ts";

const NOON = new Date("2026-11-21T12:00:00Z");
const minutes = (count: number) => new Date(NOON.getTime() + count * 60_000);
const code = (given: Partial<CodeFacts> = {}): CodeFacts => ({
  uses: 0,
  maxUses: 1,
  opensAt: minutes(-10),
  expiresAt: minutes(10),
  invalidatedAt: null,
  ...given,
});

describe("the admission rule", () => {
  it.each([
    ["lets a fresh code through", code(), null],
    ["lets it through at the very moment it opens", code({ opensAt: NOON }), null],
    ["lets the second of three uses through", code({ uses: 1, maxUses: 3 }), null],
    ["does not know a code that was never issued", null, "not_found"],
    ["refuses it at the very moment it ends", code({ expiresAt: NOON }), "expired"],
    ["refuses it before it opens", code({ opensAt: minutes(1) }), "not_yet_valid"],
    ["refuses a used code", code({ uses: 1 }), "already_redeemed"],
    [
      "says used rather than expired, since that is what the person did",
      code({ uses: 1, expiresAt: NOON }),
      "already_redeemed",
    ],
    [
      "says cancelled rather than used, so that it cannot pass for a harmless duplicate",
      code({ uses: 1, invalidatedAt: NOON }),
      "revoked",
    ],
  ] as const)("%s", (_sentence, facts, reason) => {
    expect(refusalFor(facts, NOON)).toBe(reason);
  });
});
