import { describe, expect, it } from "vitest";
import { aloneWords } from "./alone-words.ts";

type Told = Parameters<typeof aloneWords>[0];
const ready: Told = {
  waiting: [],
  quarantinedAt: null,
  stopped: null,
  held: 12,
  leaseSeconds: 7 * 3_600,
  policy: "leased",
};
const waiting = (count: number) => Array(count).fill({}) as Told["waiting"];

describe("what a desk says of itself", () => {
  it("is nothing while news arrive and all is handed in", () => {
    expect(aloneWords(ready, false)).toBeNull();
    expect(aloneWords({ ...ready, stopped: "no_manifest" }, false)).toBeNull();
  });

  it("alone, is how many codes it holds, for how long, and what is to be confirmed", () => {
    expect(aloneWords(ready, true)).toBe("12 codes held ready for 7 h.");
    expect(aloneWords({ ...ready, held: 1, leaseSeconds: 300, waiting: waiting(1) }, true)).toBe(
      "1 code held ready for 5 min. 1 scan to be confirmed.",
    );
  });

  it("alone, is why it decides nothing", () => {
    const words = aloneWords({ ...ready, stopped: "restarted", waiting: waiting(2) }, true);
    expect(words).toMatch(/^This desk was restarted .* 2 scans to be confirmed\.$/);
  });

  it("alone and judging by signature, counts no codes", () => {
    expect(aloneWords({ ...ready, policy: "open" }, true)).toBe("Codes are judged by their signature for 7 h.");
  });

  it("is what it hands in, when the line is back", () => {
    expect(aloneWords({ ...ready, waiting: waiting(3) }, false)).toBe("Handing in 3 scans…");
  });

  it("is that staff must release it, whatever else", () => {
    const held = { ...ready, quarantinedAt: "2026-11-22T08:00:00.000Z", waiting: waiting(3) };
    for (const isAlone of [true, false]) expect(aloneWords(held, isAlone)).toContain("Ask staff to release");
  });
});
