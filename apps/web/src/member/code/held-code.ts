import type { Instant, IssuedCode, IssueOutcome } from "@tessera/contracts";

/** The answer to my request for a code, with what has to be remembered over its renewals. */
export interface HeldCode {
  outcome: IssueOutcome;
  /** This device's clock when it asked. Its clock may be wrong; only the time that passed since is used. */
  askedAt: number;
  /** Every code shown on this screen. One of the earlier ones may be the one the desk scans. */
  shownIds: readonly string[];
  /** The server's time of the first code. */
  since: Instant | null;
}

export function holdCode(before: HeldCode | undefined, outcome: IssueOutcome, askedAt: number): HeldCode {
  const shownIds = before?.shownIds ?? [];
  const since = before?.since ?? null;
  if (outcome.kind === "refused") return { outcome, askedAt, shownIds, since };
  return { outcome, askedAt, shownIds: [...shownIds, outcome.codeId], since: since ?? outcome.issuedAt };
}

export interface CodeTime {
  secondsLeft: number;
  lifetime: number;
  /** good: show it. renew: show it and ask for the next. ended: no desk takes it any more. */
  phase: "good" | "renew" | "ended";
}

const RENEW_BEFORE_END = 60;

/** How much life a code has left. Short-lived codes are renewed in their last quarter, not from the start. */
export function codeTime(code: IssuedCode, askedAt: number, now: number): CodeTime {
  const lifetime = (Date.parse(code.expiresAt) - Date.parse(code.issuedAt)) / 1000;
  const secondsLeft = Math.min(lifetime, Math.max(0, lifetime - (now - askedAt) / 1000));
  if (secondsLeft === 0) return { secondsLeft, lifetime, phase: "ended" };
  return { secondsLeft, lifetime, phase: secondsLeft <= Math.min(RENEW_BEFORE_END, lifetime / 4) ? "renew" : "good" };
}

const TRY_AGAIN_AFTER_MS = 5_000;

/** Whether to ask for the next code now: not twice at once, and not right after it failed. */
export function renewalIsDue(time: CodeTime, asking: { isAsking: boolean; failedAt: number; now: number }): boolean {
  if (time.phase === "good" || asking.isAsking) return false;
  return asking.now - asking.failedAt >= TRY_AGAIN_AFTER_MS;
}
