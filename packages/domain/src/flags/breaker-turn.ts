import type { FlagKey } from "@tessera/contracts";
import type { Breaker, BreakerRule, BreakerState, FlagRefusalReason, Incident } from "@tessera/contracts/flags";
import { countsFrom, isWatching, retryFrom, type Verdict, verdictOn } from "./breaker.ts";
import type { BreakerBook, BreakerOf } from "./breaker-book.ts";
import { eachInTurn } from "./each-in-turn.ts";

/** What breakers are moved with. */
export interface BreakerTools {
  breakers: BreakerBook;
  now(): Date;
}

interface Judged {
  breaker: BreakerOf;
  from: Date;
  at: Date;
  exposed: Breaker["exposed"];
  unexposed: Breaker["unexposed"];
  verdict: Verdict;
}

async function judge({ breakers, now }: BreakerTools, breaker: BreakerOf): Promise<Judged> {
  const { key, isOn, limits, changedAt } = breaker;
  const at = now();
  const from = countsFrom(breaker.breaker, limits, changedAt, at);
  const seen = await breakers.seen(key, from);
  const verdict = verdictOn(breaker.breaker, limits, { ...seen, isOn });
  return { breaker, from, at, exposed: seen.exposed, unexposed: seen.unexposed, verdict };
}

const TITLE: Record<BreakerRule, string> = {
  error_rate: "too many calls failed",
  security_alerts: "critical security alerts",
  pool_exhausted: "the database's connections were exhausted",
  socket_crash: "a process that serves sockets crashed",
};

/**
 * Looks at every breaker once and does what is due. By itself it only turns off, or goes on with a try that a person began.
 * Any number may do so at a time: what was judged by an older revision of a flag is not done.
 *
 * @param tools Of the deployment.
 * @param onOpened Told of each incident, when it was opened.
 * @throws {AggregateError} At the end, when breakers could not be looked at: the others were.
 */
export async function turnBreakers(tools: BreakerTools, onOpened: (incident: Incident) => void): Promise<void> {
  await eachInTurn(await tools.breakers.all(), async (breaker) => {
    if (!isWatching(breaker.breaker, breaker.limits)) return;
    const incident = await act(tools, await judge(tools, breaker));
    if (incident) onOpened(incident);
  });
}

async function act({ breakers }: BreakerTools, { breaker, from, at, exposed, unexposed, verdict }: Judged) {
  const { key, revision, breaker: state } = breaker;
  if (verdict.kind === "trip") {
    const seen = await breakers.evidence(key, from, at);
    const evidence = { ...seen, limits: breaker.limits, exposed, unexposed };
    const title = `${key} is off: ${TITLE[verdict.rule]}`;
    return breakers.trip(key, revision, { severity: "P1", title, rule: verdict.rule, evidence });
  }
  if (state.state !== "half_open") return null;
  const by = { id: "breaker", because: "the share before held" };
  if (verdict.kind === "climb") {
    await breakers.move(key, revision, { ...state, since: at.toISOString(), share: verdict.share }, by, at);
  }
  if (verdict.kind === "close")
    await breakers.move(key, revision, { state: "closed" }, { ...by, because: "it held for everybody" }, at);
  return null;
}

/** @returns Every breaker with what it sees now, for people. */
export async function surveyBreakers(tools: BreakerTools): Promise<Breaker[]> {
  const all = await tools.breakers.all();
  return Promise.all(
    all.map(async (one) => {
      const { breaker, exposed, unexposed, verdict } = await judge(tools, one);
      const { key, limits, breaker: now } = breaker;
      const retry = retryFrom(now, limits)?.toISOString() ?? null;
      const innocent = verdict.kind === "hold" && verdict.innocent;
      return { key, limits, now, exposed, unexposed, retryFrom: retry, innocent };
    }),
  );
}

/** What a person does with an open breaker: begins a new try with 1 %, or closes it on their own word. */
export interface BreakerAct {
  key: FlagKey;
  act: "retry" | "close";
  because: string;
}

/** @returns null when it was done. Refused: `unknown_flag`, `not_open`, `too_early` before it has cooled down, `moved_on`. */
export async function actOnBreaker(
  tools: BreakerTools,
  { key, act, because }: BreakerAct,
  by: string,
): Promise<FlagRefusalReason | null> {
  const breaker = (await tools.breakers.all()).find((one) => one.key === key);
  if (!breaker) return "unknown_flag";
  const { breaker: state, revision } = breaker;
  if (state.state === "closed" || (act === "retry" && state.state !== "open")) return "not_open";
  const at = tools.now();
  const from = retryFrom(state, breaker.limits);
  if (act === "retry" && from && at < from) return "too_early";
  const to: BreakerState =
    act === "close"
      ? { state: "closed" }
      : { state: "half_open", since: at.toISOString(), incidentId: state.incidentId, share: 1 };
  return (await tools.breakers.move(key, revision, to, { id: by, because }, at)) ? null : "moved_on";
}
