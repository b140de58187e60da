import { describe, expect, it } from "vitest";
import { redeemed, refused, scan } from "../testing.ts";
import { type Desk, type DeskNews, deskAfter, type ElsewhereScan, quietDesk } from "./desk-state.ts";

const NOON = Date.UTC(2026, 10, 21, 12);
const after = (...news: DeskNews[]): Desk => news.reduce(deskAfter, quietDesk);

const scanned = (number: number): DeskNews => ({ kind: "scanned", scan: scan(number), at: NOON });
const yes = (number: number): DeskNews => ({
  kind: "answered",
  scan: scan(number),
  outcome: redeemed(number),
  at: NOON,
});
const no = (number: number): DeskNews => ({ kind: "answered", scan: scan(number), outcome: refused(number), at: NOON });
const gaveUp = (number: number): DeskNews => ({ kind: "gave_up", scan: scan(number), because: "unreachable" });

describe("a scan", () => {
  it("is being checked until there is an answer, however long that takes", () => {
    expect(after(scanned(1), { kind: "time_passed", at: NOON + 60_000 }).showing.kind).toBe("checking");
  });

  it("cannot be waved away while it is being checked", () => {
    expect(after(scanned(1), { kind: "dismissed" }).showing.kind).toBe("checking");
  });

  it("fills the screen with its answer", () => {
    expect(after(scanned(1), yes(1)).showing).toMatchObject({ kind: "answered", outcome: { kind: "redeemed" } });
    expect(after(scanned(1), no(1)).showing).toMatchObject({ kind: "answered", outcome: { kind: "refused" } });
  });

  it("takes the place of the answer before it at once", () => {
    expect(after(scanned(1), no(1), scanned(2)).showing).toMatchObject({ kind: "checking", scan: scan(2) });
  });

  it("that was followed by another gets its answer in the strip, not on the screen", () => {
    const desk = after(scanned(1), scanned(2), no(1));
    expect(desk.showing).toMatchObject({ kind: "checking", scan: scan(2) });
    expect(desk.recent).toMatchObject([{ outcome: { scanId: scan(1).scanId } }]);
  });
});

describe("a yes", () => {
  const shown = after(scanned(1), yes(1));

  it("stays for two and a half seconds", () => {
    expect(deskAfter(shown, { kind: "time_passed", at: NOON + 2_499 }).showing.kind).toBe("answered");
    expect(deskAfter(shown, { kind: "time_passed", at: NOON + 2_500 }).showing.kind).toBe("idle");
  });
});

describe("a no", () => {
  it("stays until somebody dismisses it", () => {
    const shown = after(scanned(1), no(1));
    expect(deskAfter(shown, { kind: "time_passed", at: NOON + 3_600_000 }).showing.kind).toBe("answered");
    expect(deskAfter(shown, { kind: "dismissed" }).showing.kind).toBe("idle");
  });
});

describe("a scan without an answer", () => {
  it("is undecided, never refused, and is not in the strip", () => {
    const desk = after(scanned(1), gaveUp(1));
    expect(desk.showing).toEqual({ kind: "undecided", scan: scan(1), because: "unreachable" });
    expect(desk.recent).toEqual([]);
  });

  it("is decided when it is sent again under the same id", () => {
    expect(after(scanned(1), gaveUp(1), scanned(1), yes(1)).showing.kind).toBe("answered");
  });

  it("leaves the screen to a later scan", () => {
    expect(after(scanned(1), scanned(2), gaveUp(1)).showing).toMatchObject({ kind: "checking", scan: scan(2) });
  });
});

describe("a picture without a code", () => {
  it("is told, but never over a scan that is being checked", () => {
    expect(after({ kind: "unread", why: "nothing_found" }).showing.kind).toBe("unread");
    expect(after(scanned(1), { kind: "unread", why: "nothing_found" }).showing.kind).toBe("checking");
  });
});

describe("the strip", () => {
  it("keeps the last five answers, newest first", () => {
    const desk = after(...[1, 2, 3, 4, 5, 6, 7].flatMap((number) => [scanned(number), yes(number)]));
    expect(desk.recent.map(({ outcome }) => outcome.scanId)).toEqual([7, 6, 5, 4, 3].map((n) => scan(n).scanId));
  });

  it("tells a scan once, though its answer came twice", () => {
    expect(after(scanned(1), yes(1), scanned(1), yes(1)).recent).toHaveLength(1);
  });

  it("keeps what five other redemptions the desk heard of", () => {
    const heard = (number: number): DeskNews => ({
      kind: "heard",
      redemption: { redemptionId: String(number) } as unknown as ElsewhereScan,
    });
    const { elsewhere } = after(...[1, 2, 3, 4, 5, 6].map(heard));
    expect(elsewhere.map(({ redemptionId }) => redemptionId)).toEqual(["6", "5", "4", "3", "2"]);
  });
});

describe("many codes in a row", () => {
  const began: DeskNews = { kind: "batch_began" };

  it("show each answer for a moment only, a no as well, and list them all", () => {
    const desk = after(began, scanned(1), no(1));
    expect(desk.showing).toMatchObject({ kind: "answered", until: NOON + 1_200 });
    const many = after(began, ...[1, 2, 3, 4, 5, 6, 7].flatMap((number) => [scanned(number), yes(number)]));
    expect([many.batch?.length, many.recent.length]).toEqual([7, 5]);
  });

  it("tell a scan once, though its answer came twice", () => {
    expect(after(began, scanned(1), yes(1), scanned(1), yes(1)).batch).toHaveLength(1);
  });

  it("end with a summary, which is gone once it was read", () => {
    const ended = after(began, scanned(1), yes(1), { kind: "batch_ended" });
    expect([ended.batch, ended.summary?.length]).toEqual([null, 1]);
    expect(deskAfter(ended, { kind: "summary_read" }).summary).toBeNull();
  });

  it("are nothing that a desk does by itself", () => {
    expect(after(scanned(1), yes(1))).toMatchObject({ batch: null, summary: null });
  });
});
