import { expect, it } from "vitest";
import { scan } from "../testing.ts";
import { scanToTryAgain } from "./again-by-itself.ts";
import type { Showing } from "./desk-state.ts";

const undecided: Showing = { kind: "undecided", scan: scan(1), because: "unreachable" };
const back = { showing: undecided, before: "offline", now: "live", lastTried: null } as const;

it("tries the very same scan again when the connection comes back", () => {
  expect(scanToTryAgain(back)).toBe(undecided.scan);
  expect(scanToTryAgain({ ...back, before: "connecting" })).toBe(undecided.scan);
  expect(scanToTryAgain({ ...back, now: "polling" })).toBe(undecided.scan);
});

it("does so once, and again for the next scan", () => {
  expect(scanToTryAgain({ ...back, lastTried: scan(1).scanId })).toBeNull();
  expect(scanToTryAgain({ ...back, lastTried: scan(2).scanId })).toBe(undecided.scan);
});

it("leaves it to the person while the connection is as it was, or gone", () => {
  expect(scanToTryAgain({ ...back, before: "live" })).toBeNull();
  expect(scanToTryAgain({ ...back, now: "connecting" })).toBeNull();
  expect(scanToTryAgain({ ...back, before: "polling" })).toBeNull();
});

it.each<Showing>([{ kind: "idle" }, { kind: "checking", scan: scan(1), since: 0 }, { kind: "unread", why: "foreign" }])(
  "has nothing to try while the screen is $kind",
  (showing) => {
    expect(scanToTryAgain({ ...back, showing })).toBeNull();
  },
);
