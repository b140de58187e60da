import { USER_CODE_LETTERS } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { drawUserCode, pollVerdict, type RequestFacts } from "./pairing-request.ts";

const NOON = new Date("2026-11-26T12:00:00Z");
const after = (seconds: number) => new Date(NOON.getTime() + seconds * 1_000);
const waiting: RequestFacts = {
  expiresAt: after(600),
  intervalSeconds: 5,
  polledAt: NOON,
  settled: null,
  isCollected: false,
};

describe("a kiosk that asks whether it was approved", () => {
  it.each([
    ["for the first time", { polledAt: null }, 0, "pending"],
    ["after its interval", {}, 5, "pending"],
    ["a blink before it, as timers do", {}, 4.6, "pending"],
    ["too soon", {}, 3, "slow_down"],
    ["too soon for an interval that has grown", { intervalSeconds: 10 }, 6, "slow_down"],
    ["when it was approved", { settled: "approved" }, 5, "collect"],
    ["too soon, when it was approved", { settled: "approved" }, 1, "collect"],
    ["when somebody has fetched its token", { settled: "approved", isCollected: true }, 5, "expired"],
    ["when staff said no", { settled: "denied" }, 5, "denied"],
    ["after ten minutes", {}, 600, "expired"],
    ["after ten minutes, although approved", { settled: "approved" }, 600, "expired"],
  ] as const)("%s", (_when, more, seconds, verdict) => {
    expect(pollVerdict({ ...waiting, ...more }, after(seconds))).toBe(verdict);
  });

  it("hears that it is too late when nobody knows it", () => {
    expect(pollVerdict(null, NOON)).toBe("expired");
  });
});

describe("the code it shows", () => {
  it("has eight letters, none of them a vowel or a digit", () => {
    const bytes = Uint8Array.from({ length: 8 }, (_, place) => place * 30);
    expect(drawUserCode(() => bytes)).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/);
  });

  it("has each letter as often as any other, whatever the bytes", () => {
    const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const count = new Map<string, number>();
    for (let from = 0; from < 240; from += 8) {
      for (const letter of drawUserCode(() => every.slice(from, from + 8)))
        count.set(letter, (count.get(letter) ?? 0) + 1);
    }
    expect([...count.keys()].toSorted().join("")).toBe(USER_CODE_LETTERS);
    expect(new Set(count.values())).toEqual(new Set([12]));
  });

  it("leaves out bytes that would make some letters likelier", () => {
    const draws = [new Uint8Array(8).fill(255), new Uint8Array(8).fill(0)];
    expect(drawUserCode(() => draws.shift() as Uint8Array)).toBe("BBBBBBBB");
  });
});
