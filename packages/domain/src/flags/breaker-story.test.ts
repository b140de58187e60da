import { type BreakerState, defaultLimits, retryShares } from "@tessera/contracts/flags";
import { expect, it } from "vitest";
import { countsFrom, retryFrom, verdictOn } from "./breaker.ts";
import { minutes } from "./ramp-testing.ts";

const incidentId = "0193e5a0-0000-7000-8000-000000000009";
type Call = { at: Date; isExposed: boolean; hasFailed: boolean };

/** A flag with its breaker, its traffic and whoever looks at it, on a clock that the test drives. */
function story() {
  const calls: Call[] = [];
  const crashes: Date[] = [];
  let [breaker, changedAt]: [BreakerState, Date | null] = [{ state: "closed" }, null];
  const change = (to: BreakerState, at: Date) => {
    [breaker, changedAt] = [to, at];
  };

  return {
    get breaker() {
      return breaker;
    },
    /** So many calls in a minute, of which so many fail. */
    traffic(
      minute: number,
      exposed: [failures: number, calls: number],
      others: [failures: number, calls: number] = [0, 200],
    ) {
      for (const [isExposed, [failures, count]] of [
        [true, exposed],
        [false, others],
      ] as const) {
        for (let n = 0; n < count; n++) calls.push({ at: minutes(minute), isExposed, hasFailed: n < failures });
      }
    },
    crash: (minute: number) => crashes.push(minutes(minute)),
    look(minute: number) {
      const now = minutes(minute);
      const from = countsFrom(breaker, defaultLimits, changedAt, now);
      const counted = (isExposed: boolean) => {
        const these = calls.filter((call) => call.isExposed === isExposed && call.at >= from);
        return { calls: these.length, failures: these.filter(({ hasFailed }) => hasFailed).length };
      };
      const verdict = verdictOn(breaker, defaultLimits, {
        isOn: true,
        exposed: counted(true),
        unexposed: counted(false),
        signals: {
          security_alerts: 0,
          pool_exhausted: 0,
          socket_crash: crashes.filter((at) => at >= from).length,
        },
      });
      const since = now.toISOString();
      if (verdict.kind === "trip") change({ state: "open", since, incidentId }, now);
      if (verdict.kind === "climb") change({ state: "half_open", since, incidentId, share: verdict.share }, now);
      if (verdict.kind === "close") change({ state: "closed" }, now);
      return verdict;
    },
    /** A person begins a try; false while it may not begin yet. */
    retry(minute: number) {
      const from = retryFrom(breaker, defaultLimits);
      if (!from || minutes(minute) < from) return false;
      change(
        { state: "half_open", since: minutes(minute).toISOString(), incidentId, share: retryShares[0] },
        minutes(minute),
      );
      return true;
    },
  };
}

it("trips on errors, waits for a person, climbs and closes, and does not trip again on what tripped it", () => {
  const flag = story();
  flag.traffic(0, [5, 150]);
  expect(flag.look(1)).toEqual({ kind: "hold", innocent: false });
  flag.traffic(2, [20, 150]);
  expect(flag.look(3)).toEqual({ kind: "trip", rule: "error_rate" });

  for (let minute = 3; minute < 120; minute++) expect(flag.look(minute).kind).toBe("hold");
  expect(flag.breaker.state).toBe("open");
  expect(flag.retry(17)).toBe(false);
  expect(flag.retry(18)).toBe(true);
  expect(flag.look(18), "failures of before").toEqual({ kind: "hold", innocent: false });

  flag.traffic(19, [0, 20]);
  expect(flag.look(20)).toEqual({ kind: "climb", share: 10 });
  expect(flag.look(21), "calls of the share before").toEqual({ kind: "hold", innocent: false });
  flag.traffic(22, [1, 25]);
  expect(flag.look(23)).toEqual({ kind: "climb", share: 100 });
  flag.traffic(24, [0, 40]);
  expect(flag.look(25)).toEqual({ kind: "close" });
  expect(flag.look(26)).toEqual({ kind: "hold", innocent: false });

  flag.traffic(27, [30, 150]);
  expect(flag.look(28), "new failures").toEqual({ kind: "trip", rule: "error_rate" });
});

it("ends a try that fails, and cools down anew", () => {
  const flag = story();
  flag.traffic(0, [30, 150]);
  flag.look(1);
  expect(flag.retry(16)).toBe(true);
  flag.traffic(17, [0, 20]);
  expect(flag.look(18)).toEqual({ kind: "climb", share: 10 });
  flag.traffic(19, [3, 8]);
  expect(flag.look(20)).toEqual({ kind: "trip", rule: "error_rate" });
  expect(flag.breaker).toEqual({ state: "open", since: minutes(20).toISOString(), incidentId });
  expect(flag.retry(34)).toBe(false);
  expect(flag.retry(35)).toBe(true);
});

it("ends a try when a socket crashes, and not when one crashed before", () => {
  const flag = story();
  flag.crash(0);
  expect(flag.look(1)).toEqual({ kind: "trip", rule: "socket_crash" });
  flag.crash(15);
  expect(flag.retry(16)).toBe(true);
  expect(flag.look(17).kind).toBe("hold");
  flag.crash(18);
  expect(flag.look(19)).toEqual({ kind: "trip", rule: "socket_crash" });
});

it("comes through a try of a call in two minutes, which is longer than its window", () => {
  const flag = story();
  flag.crash(0);
  flag.look(1);
  flag.retry(16);
  for (let minute = 17; minute < 17 + 38; minute += 2) {
    flag.traffic(minute, [0, 1]);
    expect(flag.look(minute).kind).toBe("hold");
  }
  flag.traffic(55, [0, 1]);
  expect(flag.look(55)).toEqual({ kind: "climb", share: 10 });
});

it("sees an outage of everything, turns nothing off, and is ready when the flag alone fails", () => {
  const flag = story();
  flag.traffic(0, [60, 150], [80, 200]);
  expect(flag.look(1)).toEqual({ kind: "hold", innocent: true });
  flag.traffic(20, [60, 150], [1, 200]);
  expect(flag.look(21)).toEqual({ kind: "trip", rule: "error_rate" });
});

it("judges after a pause by what is in the window then, not by what it missed", () => {
  const flag = story();
  flag.traffic(0, [150, 150]);
  flag.crash(0);
  flag.traffic(55, [0, 150]);
  expect(flag.look(60)).toEqual({ kind: "hold", innocent: false });
});
