import type { DeviceId } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { stepAt } from "../qr/step.ts";
import { type CodeFacts, judgedAt, refusalFor, type ScanFacts } from "./rules.ts";

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

const [here, there] = ["here" as DeviceId, "there" as DeviceId];
const scan = (given: Partial<ScanFacts> = {}): ScanFacts => ({
  at: NOON,
  now: NOON,
  deviceId: here,
  step: null,
  ...given,
});
const step = stepAt(NOON);
const rotating = (lastStep: number | null = null) => code({ isRotating: true, lastStep });
const leased = (until: Date) => code({ lease: { deviceId: there, until } });

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
    expect(refusalFor(facts, scan())).toBe(reason);
  });

  it.each([
    ["takes a rotating code with the step of now", rotating(), { step }, null],
    ["takes the step before, for the time it takes to raise a phone", rotating(), { step: step - 1 }, null],
    ["refuses a picture from a minute ago", rotating(), { step: step - 2 }, "rotating_code_stale"],
    ["refuses a step of the future", rotating(), { step: step + 2 }, "rotating_code_stale"],
    ["refuses the step that was used last", rotating(step), { step }, "rotating_code_replayed"],
    ["refuses a step older than that", rotating(step), { step: step - 1 }, "rotating_code_replayed"],
    ["does not judge steps that a desk has judged", rotating(step), { step: null }, null],
    ["keeps a leased code for its desk", leased(minutes(1)), {}, "held_offline"],
    ["lets that desk use it", leased(minutes(1)), { deviceId: there }, null],
    ["lets anyone use it once the lease has ended", leased(NOON), {}, null],
    ["judges a claim at its own time", code({ expiresAt: minutes(-1) }), { at: minutes(-2) }, null],
  ] as const)("%s", (_sentence, facts, given, reason) => {
    expect(refusalFor(facts, scan(given))).toBe(reason);
  });
});

describe("the moment a claim is judged at", () => {
  it.each([
    ["is now for a scan that is decided as it happens", null, 0],
    ["is when the desk says it happened", minutes(-90), -90],
    ["is never in the future", minutes(600), 0],
    ["is never more than a day ago", minutes(-60 * 24 * 365 * 10), -60 * 24],
  ] as const)("%s", (_sentence, claimed, judged) => {
    expect(judgedAt(NOON, claimed)).toEqual(minutes(judged));
  });
});
