import type { IssuedCode, IssueOutcome } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { codeTime, holdCode, renewalIsDue } from "./held-code.ts";

const code = (codeId: string, issuedAt = "2026-11-23T09:00:00.000Z", expiresAt = "2026-11-23T09:10:00.000Z") =>
  ({ kind: "issued", codeId, issuedAt, expiresAt }) as IssuedCode;
const refusal: IssueOutcome = { kind: "refused", refusal: { reason: "disabled" } };

describe("a held code", () => {
  it("remembers every code it showed and the time of the first", () => {
    const first = holdCode(undefined, code("a"), 0);
    const second = holdCode(first, code("b", "2026-11-23T09:09:00.000Z"), 540_000);
    expect(second).toMatchObject({ shownIds: ["a", "b"], since: "2026-11-23T09:00:00.000Z", askedAt: 540_000 });
  });

  it("still remembers them when the renewal was refused: the desk may just have taken the old one", () => {
    const refused = holdCode(holdCode(undefined, code("a"), 0), refusal, 540_000);
    expect(refused).toMatchObject({ outcome: refusal, shownIds: ["a"], since: "2026-11-23T09:00:00.000Z" });
  });
});

describe("the time of a code", () => {
  const asked = 1_000_000;
  const after = (seconds: number, one = code("a")) => codeTime(one, asked, asked + seconds * 1000);

  it.each([
    [-1, 600, "good"], // a tick from just before the answer
    [0, 600, "good"],
    [539, 61, "good"],
    [540, 60, "renew"],
    [599, 1, "renew"],
    [600, 0, "ended"],
    [5_000, 0, "ended"],
  ])("%i seconds after asking: %i left, %s", (seconds, secondsLeft, phase) => {
    expect(after(seconds)).toEqual({ secondsLeft, lifetime: 600, phase });
  });

  it("renews a code of one minute in its last quarter, so that it is not renewed for ever", () => {
    const short = code("a", "2026-11-23T09:00:00.000Z", "2026-11-23T09:01:00.000Z");
    expect(after(44, short).phase).toBe("good");
    expect(after(45, short).phase).toBe("renew");
  });

  it("does not mind a device whose clock is a day off", () => {
    const wrong = Date.parse("2026-11-24T09:00:00.000Z");
    expect(codeTime(code("a"), wrong, wrong + 1_000)).toMatchObject({ secondsLeft: 599, phase: "good" });
  });
});

describe("a renewal", () => {
  const renew = { secondsLeft: 50, lifetime: 600, phase: "renew" } as const;
  const idle = { isAsking: false, failedAt: 0, now: 100_000 };

  it.each([
    ["is due in the last minute", renew, idle, true],
    ["is due after the end", { ...renew, phase: "ended" as const }, idle, true],
    ["waits while the code is good", { ...renew, phase: "good" as const }, idle, false],
    ["is asked for once at a time", renew, { ...idle, isAsking: true }, false],
    ["waits a little after it failed", renew, { ...idle, failedAt: 98_000 }, false],
    ["is tried again then", renew, { ...idle, failedAt: 95_000 }, true],
  ])("%s", (_, time, asking, due) => {
    expect(renewalIsDue(time, asking)).toBe(due);
  });
});
