import type { FlagKey, TenantId } from "@tessera/contracts";
import type { FlagSetting } from "@tessera/contracts/flags";
import { expect, it, vi } from "vitest";
import { type FlagBoardOptions, openFlagBoard, overridesIn } from "./flag-board.ts";

const KEY: FlagKey = "qr-checkout-enabled";
const subject = { tenantId: "tenant" as TenantId };
const on: FlagSetting = {
  key: KEY,
  description: "",
  enabled: true,
  archived: false,
  targetTenants: null,
  tenantShare: null,
  config: {},
  denied: {},
  prerequisites: [],
  age: { minutes: 60, after: "keep" },
  killed: null,
  breaker: { state: "closed" },
  salt: "salt",
  scheme: "mm3-shift-1",
  revision: 1,
  updatedAt: "2026-11-25T12:00:00.000Z",
};
const killed: FlagSetting = { ...on, killed: { at: on.updatedAt, because: "a test", by: "a test" }, revision: 2 };

/** What a reading comes out as: settings, a flag that cannot be read, or no answer. */
type Reading = FlagSetting | { unreadable: string; forNobody?: FlagSetting } | Error;

/** A board over a book whose readings come out as told, one after the other; the last one stays. */
async function boardOver(readings: Reading[], given: Partial<FlagBoardOptions> = {}) {
  const seen = { times: 0, troubles: [] as unknown[], unreadable: [] as string[], arrivals: [] as number[], at: 0 };
  const current = () => readings[Math.min(seen.times, readings.length) - 1] ?? readings[0];
  const book: FlagBoardOptions["book"] = {
    async read() {
      seen.times++;
      const reading = current();
      if (reading instanceof Error) throw reading;
      const isSetting = reading && "key" in reading;
      const unreadable =
        reading && "unreadable" in reading
          ? [{ key: KEY, because: reading.unreadable, forNobody: reading.forNobody }]
          : [];
      return { settings: isSetting ? [reading] : [], unreadable, tenantsByAge: [] };
    },
    async revisions() {
      const next = readings[Math.min(seen.times, readings.length - 1)];
      if (next instanceof Error && next === readings.at(-1)) throw next; // away for longer than a moment
      return new Map([[KEY, next && "key" in next ? next.revision : -seen.times]]);
    },
  };
  const board = await openFlagBoard({
    book,
    overrides: {},
    now: () => seen.at,
    onTrouble: (cause) => seen.troubles.push(cause),
    onUnreadable: ({ because }) => seen.unreadable.push(because),
    onArrival: (revision) => seen.arrivals.push(revision),
    ...given,
  });
  return { board, seen };
}

it("does not lose a kill because the database was away for a moment", async () => {
  const { board, seen } = await boardOver([on, new Error("away"), killed]);
  expect(board.decide(KEY, subject).value).toBe(true);
  await board.refresh();
  expect(board.decide(KEY, subject)).toMatchObject({ value: false, reason: "KILLED" });
  expect(seen.troubles).toHaveLength(1);
  expect(seen.arrivals).toEqual([2]);
});

it("reads once more, not a hundred times, when a hundred tenants tell of one change", async () => {
  const { board, seen } = await boardOver([on, killed]);
  await Promise.all(Array.from({ length: 100 }, () => board.refresh()));
  expect(seen.times).toBeLessThanOrEqual(3);
  expect(board.decide(KEY, subject).value).toBe(false);
});

it("sees a change that nobody told of, by its revision", async () => {
  const { board } = await boardOver([on, killed]);
  await board.look();
  expect(board.decide(KEY, subject).reason).toBe("KILLED");
});

it("reads nothing when nothing has changed", async () => {
  const { board, seen } = await boardOver([on, on]);
  await board.look();
  await board.look();
  expect(seen.times).toBe(1);
});

it("holds the last good setting of a flag that was set to nonsense, and tells once", async () => {
  const { board, seen } = await boardOver([on, { unreadable: "percentage: 110" }]);
  await board.refresh();
  await board.refresh();
  expect(board.decide(KEY, subject)).toMatchObject({ value: true, revision: 1 });
  expect(seen.unreadable).toEqual(["percentage: 110"]);
});

it("switches a flag off that was set to nonsense, and on again as it was, but never on because of what was written with it", async () => {
  const forNobody: FlagSetting = { ...on, config: { rollout: "whitelist" }, revision: 2 };
  const nonsense = (of: Partial<FlagSetting>): Reading => ({ unreadable: "?", forNobody: { ...forNobody, ...of } });
  const open: FlagSetting["breaker"] = { state: "open", since: on.updatedAt, incidentId: "an incident" };
  const off = { ...on, enabled: false, revision: 6 };
  const { board } = await boardOver([
    ...[on, nonsense({ enabled: false }), nonsense({ killed: killed.killed }), nonsense({ breaker: open })],
    ...[nonsense({ revision: 5 }), off, nonsense({ revision: 7 })],
  ]);
  const decisions = [];
  for (let reading = 1; reading < 7; reading++) {
    await board.refresh();
    const { value, reason, revision } = board.decide(KEY, subject);
    decisions.push([value, reason, revision]);
  }
  expect(decisions).toEqual([
    [false, "DISABLED", 2],
    [false, "KILLED", 2],
    [false, "BREAKER_OPEN", 2],
    [true, "STATIC", 5],
    [false, "DISABLED", 6],
    [false, "DISABLED", 7],
  ]);
});

it("says that it is stale when nobody could confirm the settings for ten seconds, and takes it back", async () => {
  const readings: Reading[] = [on, new Error("away")];
  const { board, seen } = await boardOver(readings);
  seen.at = 9_999;
  await board.look();
  expect(board.decide(KEY, subject)).toMatchObject({ value: true, stale: false });
  seen.at = 10_000;
  await board.look();
  expect(board.decide(KEY, subject)).toMatchObject({ value: true, stale: true });
  readings[1] = on;
  await board.look();
  expect(board.decide(KEY, subject)).toMatchObject({ value: true, stale: false });
});

it("keeps nobody waiting for a database that is away for ten seconds, says that it is stale, and reads once it is back", async () => {
  vi.useFakeTimers();
  const readings: Reading[] = [on, new Error("away")];
  const { board, seen } = await boardOver(readings);
  const pass = async (ms: number) => {
    seen.at += ms;
    await vi.advanceTimersByTimeAsync(ms);
  };
  const asked = board.refresh();
  await pass(2_000);
  expect(await asked).toBe(false);
  await board.look(); // a round of the watch, which has other things to do as well
  expect(board.decide(KEY, subject).stale).toBe(false);

  const late = board.refresh();
  await pass(8_000);
  expect(await late).toBe(false);
  expect(board.decide(KEY, subject)).toMatchObject({ value: true, stale: true });

  readings[1] = killed;
  const back = board.refresh();
  await pass(500);
  expect(await back).toBe(true);
  expect(board.decide(KEY, subject)).toMatchObject({ reason: "KILLED", stale: false });
  vi.useRealTimers();
});

it("tells who asks while a reading is under way of what changed after that reading had looked", async () => {
  let isDone = () => {};
  const looked = { times: 0 };
  const answers = [on, on, killed];
  const board = await openFlagBoard({
    book: {
      read: async () => ({ settings: [answers[looked.times - 1] ?? killed], unreadable: [], tenantsByAge: [] }),
      async revisions() {
        const seen = looked.times++;
        if (seen === 1) await new Promise<void>((resolve) => (isDone = resolve)); // the second looks, and takes its time
        return new Map([[KEY, seen]]);
      },
    },
    overrides: {},
    now: () => 0,
    onTrouble: () => {},
    onUnreadable: () => {},
    onArrival: () => {},
  });
  const early = board.refresh();
  const late = board.refresh();
  isDone();
  await early;
  await late;
  expect(board.decide(KEY, subject).reason).toBe("KILLED");
});

it("ends only when a reading that is under way has ended, and reads nothing after it", async () => {
  const { board, seen } = await boardOver([on, killed]);
  let hasRead = false;
  const reading = board.refresh().then(() => {
    hasRead = true;
  });
  await board.close();
  await reading;
  expect(hasRead).toBe(true);
  await board.refresh();
  expect(seen.times).toBe(2);
});

it("obeys the environment, by the documented names", async () => {
  const overrides = overridesIn({ FEATURE_QR_CHECKOUT: false, FEATURE_QR_UNIFIED_PORTAL: true, PATH: "/bin" });
  expect(overrides).toEqual({ "qr-checkout-enabled": false, "ff/qr_unified_portal": true });
  const { board } = await boardOver([on], { overrides });
  expect(board.decide(KEY, subject)).toMatchObject({ value: false, reason: "OVERRIDE" });
  expect(board.overrideOf(KEY)).toBe(false);
});

it("shows what would be decided if a flag were set otherwise, and changes nothing", async () => {
  const { board } = await boardOver([on]);
  expect(board.as(KEY, { enabled: false }).decide(KEY, subject).value).toBe(false);
  expect(board.decide(KEY, subject).value).toBe(true);
});
