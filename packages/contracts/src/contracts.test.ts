import { describe, expect, it } from "vitest";
import { MemberId, type Refusal, refusals, refusalWords, Scan, TenantEvent, uuidV7, when } from "./index.ts";

const speech = { locale: "en-GB", timeZone: "UTC", now: new Date("2026-11-21T15:00:00Z") };

describe("the words of a refusal", () => {
  it("say who used a code, where and when, and what to do", () => {
    const at = "2026-11-21T14:02:00.000Z";
    const evidence = { at, desk: "Desk 2", holder: "Library member", resource: "the drill", useNo: 1, maxUses: 1 };
    expect(refusalWords({ reason: "already_redeemed", evidence }, speech)).toEqual({
      say: "Used by Library member at 14:02 at Desk 2, for the drill.",
      next: "Ask for a fresh code.",
    });
  });

  it("name the day when it is not today", () => {
    expect(when("2026-11-24T14:02:00.000Z", speech)).toBe("on Tue 24 Nov, 14:02");
  });

  it("are there for every reason on the one list", () => {
    for (const reason of ["malformed", "unsupported", "disabled", "idempotency_mismatch", "not_found"] as const) {
      const refusal: Refusal = { reason };
      expect(refusalWords(refusal, speech)).toEqual({ say: refusals[reason].say, next: refusals[reason].next });
    }
  });
});

describe("the shapes on the wire", () => {
  it("know a UUID of version 7 that sorts by time", () => {
    const random = new Uint8Array(10).fill(255);
    const [earlier, later] = [uuidV7(1_000, random), uuidV7(1_001, random)];
    expect(earlier).toBe("00000000-03e8-7fff-bfff-ffffffffffff");
    expect(earlier < later).toBe(true);
    expect(MemberId.parse(earlier.toUpperCase())).toBe(earlier);
  });

  it.each([
    ["no scan id", { text: "T1", source: "camera" }],
    ["a scan id that is none", { scanId: "1", text: "T1", source: "camera" }],
    ["an empty text", { scanId: uuidV7(1, new Uint8Array(10)), text: "", source: "camera" }],
    ["an endless text", { scanId: uuidV7(1, new Uint8Array(10)), text: "T".repeat(513), source: "camera" }],
    [
      "a field that is not ours",
      { scanId: uuidV7(1, new Uint8Array(10)), text: "T1", source: "camera", role: "staff" },
    ],
  ])("refuse a scan with %s", (_what, scan) => {
    expect(Scan.safeParse(scan).success).toBe(false);
  });

  it("refuse an event whose facts are not those of its kind", () => {
    const event = { seq: 1, type: "code.revoked", entityId: "x", at: "2026-11-21T14:02:00.000Z" };
    expect(TenantEvent.safeParse({ ...event, payload: { name: "Desk" } }).success).toBe(false);
  });
});
