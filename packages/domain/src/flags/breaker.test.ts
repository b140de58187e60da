import { type BreakerState, defaultLimits, retryShares } from "@tessera/contracts/flags";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BreakerFacts, countsFrom, retryFrom, type SignalKind, type Verdict, verdictOn } from "./breaker.ts";
import { minutes, QUIET } from "./ramp-testing.ts";

const NOW = minutes(0);
const incidentId = "0193e5a0-0000-7000-8000-000000000009";
const since = minutes(-60).toISOString();
const closed: BreakerState = { state: "closed" };
const open: BreakerState = { state: "open", since, incidentId };
const tried = (share: number): BreakerState => ({ state: "half_open", since, incidentId, share });
const limits = defaultLimits;

const of = (failures: number, calls: number) => ({ failures, calls });
const NONE = { security_alerts: 0, pool_exhausted: 0, socket_crash: 0 };
const seen = (given: Partial<BreakerFacts> = {}): BreakerFacts => ({
  isOn: true,
  exposed: QUIET,
  unexposed: of(10, 10_000),
  signals: NONE,
  ...given,
});
const signals = (kind: SignalKind, count: number): BreakerFacts["signals"] => ({ ...NONE, [kind]: count });
const HOLD = { kind: "hold", innocent: false };
const byErrors = { kind: "trip", rule: "error_rate" };

describe("the error rate", () => {
  const judged = (failures: number, calls: number) => verdictOn(closed, limits, seen({ exposed: of(failures, calls) }));

  it("trips above 5 percent, and not at exactly 5", () => {
    expect(judged(50, 1_000)).toEqual(HOLD);
    expect(judged(51, 1_000)).toEqual(byErrors);
  });

  it("trips from 100 calls on, and not before", () => {
    expect(judged(99, 99)).toEqual(HOLD);
    expect(judged(6, 100)).toEqual(byErrors);
  });

  it("is no reason where nobody calls, even where no call is too few", () => {
    expect(verdictOn(closed, { ...limits, minCalls: 0, errorShare: 0 }, seen())).toEqual(HOLD);
  });

  it("of a flag whose others fail as much holds, and says that it is innocent", () => {
    const facts = seen({ exposed: of(300, 1_000), unexposed: of(3_000, 10_000) });
    expect(verdictOn(closed, limits, facts)).toEqual({ kind: "hold", innocent: true });
  });

  it("decides alone where there are too few others to compare with", () => {
    const facts = (calls: number) => seen({ exposed: of(300, 1_000), unexposed: of(calls, calls) });
    expect(verdictOn(closed, limits, facts(99))).toEqual(byErrors);
    expect(verdictOn(closed, limits, facts(100))).toEqual({ kind: "hold", innocent: true });
  });

  it("says nothing of innocence below the limit", () => {
    expect(verdictOn(closed, limits, seen({ exposed: of(40, 1_000), unexposed: of(9_000, 10_000) }))).toEqual(HOLD);
  });
});

describe("signals", () => {
  const judged = (kind: SignalKind, count: number) =>
    verdictOn(closed, limits, seen({ signals: signals(kind, count) }));

  it("trip with 3 critical security alerts, and not with 2", () => {
    expect(judged("security_alerts", 2)).toEqual(HOLD);
    expect(judged("security_alerts", 3)).toEqual({ kind: "trip", rule: "security_alerts" });
  });

  it.each(["pool_exhausted", "socket_crash"] as const)("trip with a single %s", (kind) => {
    expect(judged(kind, 1)).toEqual({ kind: "trip", rule: kind });
  });

  it("are counted each against its own limit", () => {
    const strict = { ...limits, poolExhausted: 2, socketCrashes: 2 };
    const mixed = { security_alerts: 2, pool_exhausted: 1, socket_crash: 1 };
    expect(verdictOn(closed, strict, seen({ signals: mixed }))).toEqual(HOLD);
  });

  it.each([
    ["security_alerts", { securityAlerts: 0 }],
    ["pool_exhausted", { poolExhausted: 0 }],
    ["socket_crash", { socketCrashes: 0 }],
  ] as const)("never trip by %s where its limit is 0", (kind, given) => {
    expect(verdictOn(closed, { ...limits, ...given }, seen({ signals: signals(kind, 50) }))).toEqual(HOLD);
  });

  it("come before the error rate, and count although the others fail as much", () => {
    const facts = { exposed: of(300, 1_000), signals: signals("socket_crash", 1) };
    expect(verdictOn(closed, limits, seen(facts))).toEqual({ kind: "trip", rule: "socket_crash" });
    const shared = seen({ ...facts, unexposed: of(3_000, 10_000) });
    expect(verdictOn(closed, limits, shared)).toEqual({ kind: "trip", rule: "socket_crash" });
  });

  it("say nothing of a flag that is off and that nobody met", () => {
    const off = { isOn: false, signals: signals("socket_crash", 1) };
    expect(verdictOn(closed, limits, seen(off))).toEqual(HOLD);
    expect(verdictOn(closed, limits, seen({ ...off, exposed: of(0, 1) }))).toMatchObject({ rule: "socket_crash" });
  });

  it("end a try", () => {
    expect(verdictOn(tried(1), limits, seen({ signals: signals("socket_crash", 1) }))).toMatchObject({ kind: "trip" });
  });
});

describe("a try", () => {
  const judged = (share: number, failures: number, calls: number) =>
    verdictOn(tried(share), limits, seen({ exposed: of(failures, calls) }));

  it("ends with the third failure, when they are more than 5 percent", () => {
    expect(judged(1, 2, 2)).toEqual(HOLD);
    expect(judged(1, 3, 3)).toEqual(byErrors);
    expect(judged(10, 3, 59)).toEqual(byErrors);
    expect(judged(10, 3, 60).kind).toBe("climb");
  });

  it("ends although the others fail as much: its feature was off before it", () => {
    const facts = seen({ exposed: of(3, 10), unexposed: of(9_000, 10_000) });
    expect(verdictOn(tried(1), limits, facts)).toEqual(byErrors);
  });

  it("goes on after 20 calls, and not before", () => {
    expect(judged(1, 0, 19)).toEqual(HOLD);
    expect(judged(1, 0, 20)).toEqual({ kind: "climb", share: 10 });
  });

  it("climbs from 1 through 10 to 100 percent, and closes", () => {
    expect(judged(1, 0, 20)).toEqual({ kind: "climb", share: 10 });
    expect(judged(10, 0, 20)).toEqual({ kind: "climb", share: 100 });
    expect(judged(100, 0, 20)).toEqual({ kind: "close" });
  });

  it("with a share of its own goes on to the next larger", () => {
    expect(judged(5, 0, 20)).toEqual({ kind: "climb", share: 10 });
  });
});

describe("what counts", () => {
  const hourAgo = minutes(-60);

  it("begins with the window, where nothing changed in it", () => {
    expect(countsFrom(closed, limits, null, NOW)).toEqual(minutes(-10));
    expect(countsFrom(closed, limits, hourAgo, NOW)).toEqual(minutes(-10));
  });

  it("begins with the last change, where that is later", () => {
    expect(countsFrom(closed, limits, minutes(-3), NOW)).toEqual(minutes(-3));
    expect(countsFrom({ ...open, since: minutes(-4).toISOString() }, limits, null, NOW)).toEqual(minutes(-4));
  });

  it("begins, in a try, with its share, however long ago that was", () => {
    expect(countsFrom(tried(1), limits, null, NOW)).toEqual(hourAgo);
    expect(countsFrom(tried(10), limits, minutes(-30), NOW)).toEqual(minutes(-30));
  });
});

describe("a new try", () => {
  it("may begin when the breaker has cooled down", () => {
    expect(retryFrom({ ...open, since: NOW.toISOString() }, limits)).toEqual(minutes(15));
    expect(retryFrom({ ...open, since: NOW.toISOString() }, { ...limits, coolDownMinutes: 0 })).toEqual(NOW);
  });

  it("is nothing to wait for unless it is open", () => {
    expect(retryFrom(closed, limits)).toBeNull();
    expect(retryFrom(tried(10), limits)).toBeNull();
  });
});

describe("whatever it sees", () => {
  const traffic = fc
    .nat({ max: 5_000 })
    .chain((calls) => fc.record({ calls: fc.constant(calls), failures: fc.nat({ max: calls }) }));
  const count = fc.nat({ max: 6 });
  const facts: fc.Arbitrary<BreakerFacts> = fc.record({
    isOn: fc.boolean(),
    exposed: traffic,
    unexposed: traffic,
    signals: fc.record({ security_alerts: count, pool_exhausted: count, socket_crash: count }),
  });
  const states = fc.constantFrom(closed, open, ...retryShares.map(tried));

  it("an open breaker holds: only a person begins a try", () => {
    fc.assert(
      fc.property(facts, (given) => {
        expect(verdictOn(open, limits, given)).toEqual(HOLD);
      }),
    );
  });

  it("one that is not armed holds", () => {
    const unarmed = { ...limits, isArmed: false };
    fc.assert(
      fc.property(states, facts, (state, given) => {
        expect(verdictOn(state, unarmed, given)).toEqual(HOLD);
      }),
    );
  });

  it("a closed one trips or holds, and a try goes to the next share and no further", () => {
    const may: Record<string, Verdict["kind"][]> = {
      closed: ["hold", "trip"],
      open: ["hold"],
      1: ["hold", "trip", "climb"],
      10: ["hold", "trip", "climb"],
      100: ["hold", "trip", "close"],
    };
    fc.assert(
      fc.property(states, facts, (state, given) => {
        const verdict = verdictOn(state, limits, given);
        expect(may[state.state === "half_open" ? state.share : state.state]).toContain(verdict.kind);
        if (verdict.kind === "climb") expect(verdict.share).toBe(state.state === "half_open" && state.share * 10);
      }),
      { numRuns: 500 },
    );
  });

  it("one more failure never turns a trip into a hold, while the others are the same", () => {
    fc.assert(
      fc.property(states, facts, (state, given) => {
        fc.pre(verdictOn(state, limits, given).kind === "trip" && given.exposed.failures < given.exposed.calls);
        const worse = { ...given, exposed: { ...given.exposed, failures: given.exposed.failures + 1 } };
        expect(verdictOn(state, limits, worse).kind).toBe("trip");
      }),
    );
  });
});
