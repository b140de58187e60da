import type { Ramp, RampGuard, RampHold, RampStep } from "@tessera/contracts/flags";

export const DAY = 24 * 60;
export const WEEK = 7 * DAY;
const NOON = Date.parse("2026-11-24T12:00:00Z");

/** The clock of these tests, so many minutes after the ramp began. */
export const minutes = (count: number): Date => new Date(NOON + count * 60_000);

export const QUIET = { calls: 0, failures: 0 };
export const weekly: RampHold = { kind: "time", minutes: WEEK };
export const approval: RampHold = { kind: "approval" };

export const share = (percentage: number, hold: RampHold = weekly, guards: RampGuard[] = []): RampStep => ({
  reach: { kind: "percentage", percentage },
  hold,
  guards,
});

export const invited = (size: number, hold: RampHold = weekly, guards: RampGuard[] = []): RampStep => ({
  reach: { kind: "cohort", size },
  hold,
  guards,
});

export const guard = (action: RampGuard["action"], given: Partial<RampGuard> = {}): RampGuard => ({
  metric: "error_share",
  above: 0.5,
  minCalls: 50,
  action,
  ...given,
});

/** A ramp whose first step began at `minutes(0)`. */
export const running = (steps: RampStep[], given: Partial<Ramp> = {}): Ramp => ({
  key: "qr-checkout-enabled",
  steps,
  state: "running",
  step: 0,
  stepSince: minutes(0).toISOString(),
  because: null,
  version: 4,
  ...given,
});
