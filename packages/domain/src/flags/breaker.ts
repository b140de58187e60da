import {
  type BreakerLimits,
  type BreakerRule,
  type BreakerState,
  retryShares,
  type Traffic,
} from "@tessera/contracts/flags";
import { isToBlame } from "./blame.ts";
import { isAbove } from "./traffic.ts";

/** Something critical that a flag is turned off for, however few calls fail. */
export type SignalKind = Exclude<BreakerRule, "error_rate">;

/** What a breaker is judged by, all of it since `countsFrom`. */
export interface BreakerFacts {
  /** Whether the flag is switched on, for whomever, and not killed. */
  isOn: boolean;
  exposed: Traffic;
  unexposed: Traffic;
  /** How many there were. */
  signals: Record<SignalKind, number>;
}

/**
 * What a breaker does. `hold`: nothing; `innocent` when the calls are above the limit, but the others fail as much.
 * `trip`: closed or half open, it opens. `climb` and `close`: half open, the share held.
 */
export type Verdict =
  | { kind: "hold"; innocent: boolean }
  | { kind: "trip"; rule: BreakerRule }
  | { kind: "climb"; share: number }
  | { kind: "close" };

const MINUTE_MS = 60_000;
/** A try is small: from so many failures on, its share of them is no accident. */
const RETRY_FAILURES = 3;
const HOLD: Verdict = { kind: "hold", innocent: false };

/**
 * From when on calls and signals count: never from before the breaker's last change, so that what tripped it cannot trip
 * it again. A closed breaker looks at its window. A try is measured in calls, not in time, and counts all of them since
 * its share began: at 1 % the calls it needs may take longer than a window, and it would hang there for ever.
 *
 * @param breaker The breaker as it stands.
 * @param limits Its limits.
 * @param changedAt When it changed its state or share last; null if never.
 * @param now The clock.
 * @returns The first moment that counts.
 */
export function countsFrom(breaker: BreakerState, limits: BreakerLimits, changedAt: Date | null, now: Date): Date {
  const since = breaker.state === "closed" ? null : new Date(breaker.since);
  const changed = Math.max(since?.getTime() ?? 0, changedAt?.getTime() ?? 0);
  if (breaker.state === "half_open") return new Date(changed);
  return new Date(Math.max(changed, now.getTime() - limits.windowMinutes * MINUTE_MS));
}

/** Whether a breaker moves by itself: an open one waits for a person, and one that is not armed says nothing. */
export const isWatching = (breaker: BreakerState, limits: BreakerLimits): boolean =>
  limits.isArmed && breaker.state !== "open";

/**
 * What a breaker does now by itself. It only turns off, or goes on with a try that a person began: an open breaker holds,
 * whatever it sees, and so does one that is not armed. What happens to the deployment is no work of a flag that is off and
 * that nobody met: no signal trips it.
 *
 * @param breaker The breaker as it stands.
 * @param limits Its limits.
 * @param facts What was seen since `countsFrom`.
 * @returns The verdict. Never throws.
 */
export function verdictOn(breaker: BreakerState, limits: BreakerLimits, facts: BreakerFacts): Verdict {
  if (!isWatching(breaker, limits)) return HOLD;

  const rule = facts.isOn || facts.exposed.calls > 0 ? signalled(facts.signals, limits) : undefined;
  if (rule) return { kind: "trip", rule };
  if (breaker.state === "half_open") return verdictOnTry(breaker.share, limits, facts.exposed);

  const { calls } = facts.exposed;
  if (calls < limits.minCalls || !isAbove(facts.exposed, limits.errorShare)) return HOLD;
  const blamed = isToBlame(facts.exposed, facts.unexposed, limits.minCalls);
  return blamed ? { kind: "trip", rule: "error_rate" } : { kind: "hold", innocent: true };
}

/** A try has own small numbers, and no comparison: when in doubt it ends, as its feature was off before it. */
function verdictOnTry(share: number, limits: BreakerLimits, exposed: Traffic): Verdict {
  if (exposed.failures >= RETRY_FAILURES && isAbove(exposed, limits.errorShare))
    return { kind: "trip", rule: "error_rate" };
  if (exposed.calls < limits.retryCalls) return HOLD;
  const next = retryShares.find((larger) => larger > share);
  return next ? { kind: "climb", share: next } : { kind: "close" };
}

const limitOf: Record<SignalKind, (limits: BreakerLimits) => number> = {
  security_alerts: ({ securityAlerts }) => securityAlerts,
  pool_exhausted: ({ poolExhausted }) => poolExhausted,
  socket_crash: ({ socketCrashes }) => socketCrashes,
};
const kinds = Object.keys(limitOf) as SignalKind[];

/** The first kind of signal that reached its limit; a limit of 0 is never reached. */
const signalled = (signals: BreakerFacts["signals"], limits: BreakerLimits): SignalKind | undefined =>
  kinds.find((kind) => limitOf[kind](limits) > 0 && signals[kind] >= limitOf[kind](limits));

/**
 * When a person may begin a new try. Nothing begins one by itself.
 *
 * @param breaker The breaker as it stands.
 * @param limits Its limits.
 * @returns The end of the time it cools down; null unless it is open.
 */
export function retryFrom(breaker: BreakerState, limits: BreakerLimits): Date | null {
  if (breaker.state !== "open") return null;
  return new Date(new Date(breaker.since).getTime() + limits.coolDownMinutes * MINUTE_MS);
}
