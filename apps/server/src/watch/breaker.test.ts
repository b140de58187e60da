import { randomUUID } from "node:crypto";
import type { TenantId } from "@tessera/contracts";
import type { Incident } from "@tessera/contracts/flags";
import { openProcesses } from "@tessera/db";
import { builders, embeddedForTest, type TestDatabase } from "@tessera/db/testing";
import { Failed } from "@tessera/domain/failed";
import { actOnBreaker, surveyBreakers, turnBreakers } from "@tessera/domain/flags/breaker-turn";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { flagWorld, KEY } from "./flag-watch-testing.ts";

describe("the breaker, on a driven clock and a real database", () => {
  let database: TestDatabase;
  let tenants: TenantId[];
  let house: ReturnType<typeof flagWorld>;

  beforeAll(async () => {
    database = await embeddedForTest();
    const build = builders(database);
    tenants = [
      await build.tenant({ slug: "first", name: "First" }),
      await build.tenant({ slug: "second", name: "Second" }),
    ];
    house = flagWorld(database, tenants);
  });
  beforeEach(() => house.reset());
  afterAll(() => database?.close());

  /** Opens it by planted errors, with a process that saw them. */
  async function tripped() {
    const one = house.process();
    house.calls(one.traffic, 100, 10);
    await one.watch.look();
    return one;
  }
  const act = (kind: "retry" | "close") =>
    actOnBreaker(
      { breakers: house.breakers, now: house.now },
      { key: KEY, act: kind, because: "a test" },
      randomUUID(),
    );
  const state = async () => (await house.setting()).breaker;

  it("stays closed at exactly 5 %, and below the least number of calls", async () => {
    const { watch, traffic } = house.process();
    house.calls(traffic, 100, 5);
    await watch.look();
    expect(await state()).toEqual({ state: "closed" });

    await house.reset();
    house.calls(traffic, 99, 99);
    house.pass(1);
    await watch.look();
    expect(await state()).toEqual({ state: "closed" });
  });

  it("opens above 5 % of failed calls, with incident, alert and journal in one stroke", async () => {
    await house.rows(`UPDATE feature_flags SET description = 'changed before' WHERE key = '${KEY}'`);
    await tripped();
    const [incident] = house.world.incidents;
    expect(await state()).toMatchObject({ state: "open", incidentId: incident?.id });
    expect(incident).toMatchObject({
      severity: "P1",
      rule: "error_rate",
      evidence: {
        exposed: { calls: 100, failures: 10 },
        affected: [
          { name: "First", calls: 50, failures: 5 },
          { name: "Second", calls: 50, failures: 5 },
        ],
      },
    });
    expect(incident?.evidence.firstFailures[0]).toMatchObject({
      path: "qr.redeem",
      failure: "unavailable",
      trace: "trace-0",
    });
    expect(incident?.evidence.lastChanges.length).toBeGreaterThan(0);
    expect(await house.rows("SELECT severity, incident_id FROM alerts")).toEqual([
      { severity: "critical", incident_id: incident?.id },
    ]);
    const news = await house.rows(
      "SELECT tenant_id, payload->'enabled' AS enabled, payload->>'via' AS via FROM outbox WHERE payload->>'via' = 'breaker'",
    );
    expect(news).toEqual(tenants.map((tenant_id) => ({ tenant_id, enabled: false, via: "breaker" })));
  });

  it("writes nothing of it when one part cannot be written", async () => {
    const { watch, traffic } = house.process();
    house.calls(traffic, 100, 10);
    await house.rows("ALTER TABLE alerts ADD CONSTRAINT never CHECK (severity <> 'critical')");
    await watch.look();
    expect(house.world.told).toHaveLength(1);
    expect(await state()).toEqual({ state: "closed" });
    expect(await house.rows("SELECT id FROM incidents")).toEqual([]);
    await house.rows("ALTER TABLE alerts DROP CONSTRAINT never");
    house.pass(0.1);
    await watch.look();
    expect(await state()).toMatchObject({ state: "open" });
  });

  it("opens although another flag cannot be judged, and says so", async () => {
    const { watch, traffic } = house.process({
      ...house.breakers,
      seen: (key, from) => (key === KEY ? house.breakers.seen(key, from) : Promise.reject(new Error("not this one"))),
    });
    house.calls(traffic, 100, 10);
    await watch.look();
    expect(await state()).toMatchObject({ state: "open" });
    expect(house.world.incidents).toHaveLength(1);
    expect(house.world.told).toEqual([expect.stringContaining("not this one")]);
  });

  it("goes by the flags and incidents it knows, and leaves those of another release", async () => {
    await house.rows("INSERT INTO feature_flags (key, enabled) VALUES ('of-another-release', true)");
    await house.rows(`INSERT INTO incidents (severity, title, key, rule, window_from, evidence)
      VALUES ('P1', 'another', 'of-another-release', 'error_rate', now(), '{}')`);
    await tripped();
    expect(await state()).toMatchObject({ state: "open" });
    expect(await house.breakers.incidents()).toMatchObject([{ key: KEY }]);
    await house.rows("DELETE FROM feature_flags WHERE key = 'of-another-release'");
  });

  it("adds up what all processes counted", async () => {
    const [one, other] = [house.process(), house.process()];
    house.calls(one.traffic, 60, 5);
    house.calls(other.traffic, 60, 5);
    await one.watch.look();
    expect(await state()).toEqual({ state: "closed" });
    house.pass(0.1);
    await other.watch.look();
    expect(await state()).toMatchObject({ state: "open" });
  });

  /** A process that cannot tell what it counted, so many times in a row. */
  function unheard(failure: Failed["failure"], times: number) {
    let left = times;
    const count: typeof house.breakers.count = (...counted) =>
      left-- > 0 ? Promise.reject(new Failed(failure)) : house.breakers.count(...counted);
    return house.process({ ...house.breakers, count });
  }
  const calls = async () => (await house.breakers.traffic(KEY, new Date(0))).exposed.calls;

  it.each(["unavailable", "busy", "read_only"] as const)("tells later what it could not tell: %s", async (failure) => {
    const { watch, traffic } = unheard(failure, 2);
    for (const count of [3, 2, 1]) {
      house.calls(traffic, count, 0);
      await watch.look();
    }
    expect(await calls()).toBe(6);
    expect(house.world.told).toHaveLength(2);
    await watch.look();
    expect(await calls()).toBe(6);
  });

  it("does not tell twice what may have been heard, and tells the rest when it stops", async () => {
    const { watch, traffic } = unheard("unknown_outcome", 1);
    house.calls(traffic, 3, 0);
    await watch.look();
    house.calls(traffic, 2, 0);
    await watch.stop();
    expect(await calls()).toBe(2);
  });

  it("keeps no more than it can tell in a moment, and lets the oldest go", async () => {
    const { watch, traffic } = unheard("unavailable", 100);
    for (let look = 1; look <= 101; look++) {
      house.calls(traffic, look === 101 ? 50 : 1, 0);
      await watch.look();
    }
    expect(await calls()).toBe(50 + 39);
  });

  it("forgets what is older than ten minutes", async () => {
    const { watch, traffic } = house.process();
    house.calls(traffic, 90, 50);
    await watch.look();
    house.pass(11);
    house.calls(traffic, 90, 0);
    await watch.look();
    expect(await state()).toEqual({ state: "closed" });
  });

  it("does not blame a flag when the calls past it fail as much", async () => {
    const { watch, traffic } = house.process();
    house.calls(traffic, 200, 40);
    house.calls(traffic, 200, 40, false);
    await watch.look();
    expect(await state()).toEqual({ state: "closed" });
    const [breaker] = (await surveyBreakers({ breakers: house.breakers, now: house.now })).filter(
      ({ key }) => key === KEY,
    );
    expect(breaker).toMatchObject({ innocent: true, unexposed: { calls: 200, failures: 40 } });
  });

  it.each([
    ["security_alerts", 3],
    ["pool_exhausted", 1],
    ["socket_crash", 1],
  ] as const)("opens by %s at %d, and not before", async (kind, limit) => {
    const { watch } = house.process();
    const signal = (source: number) =>
      house.breakers.signal({ kind, at: house.now(), detail: "planted" }, `${kind} ${source}`);
    for (let source = 1; source < limit; source++) await signal(source);
    await signal(1); // the same one again is the same one
    if (limit > 1) {
      await watch.look();
      expect(await state()).toEqual({ state: "closed" });
    }
    await signal(limit);
    house.pass(0.1);
    await watch.look();
    expect(house.world.incidents[0]).toMatchObject({
      rule: kind,
      evidence: { signals: expect.arrayContaining([expect.objectContaining({ kind })]) },
    });
  });

  it("sees each kind of signal and all of them, however many there are", async () => {
    const { watch } = house.process();
    const exhausted = async (from: number, to: number) => {
      for (let source = from; source <= to; source++)
        await house.breakers.signal({ kind: "pool_exhausted", at: house.now(), detail: "planted" }, `pool ${source}`);
      house.pass(0.1);
    };
    await house.rows(`UPDATE feature_flags SET breaker_limits = '{"poolExhausted": 121}' WHERE key = '${KEY}'`);
    await exhausted(1, 120);
    await watch.look();
    expect(await state()).toEqual({ state: "closed" });
    await house.breakers.signal({ kind: "socket_crash", at: house.now(), detail: "planted" }, "a crash");
    house.pass(0.1);
    await watch.look();
    expect(house.world.incidents).toMatchObject([{ rule: "socket_crash" }]);
    expect(house.world.incidents[0]?.evidence.signals).toContainEqual(
      expect.objectContaining({ kind: "socket_crash" }),
    );

    house.pass(0.1);
    expect(await act("close")).toBeNull();
    house.pass(0.1);
    await exhausted(121, 240);
    await watch.look();
    expect(await state()).toEqual({ state: "closed" });
    await exhausted(241, 241);
    await watch.look();
    expect(house.world.incidents[1]).toMatchObject({ rule: "pool_exhausted" });
  });

  it("tells of connections that were waited for in vain once there is one to tell it over, as of when it happened", async () => {
    let isAway = true;
    const signal: typeof house.breakers.signal = (...told) =>
      isAway ? Promise.reject(new Failed("unavailable")) : house.breakers.signal(...told);
    const { watch, exhaustion } = house.process({ ...house.breakers, signal });
    const happenedAt = house.now();
    exhaustion.happened();
    house.pass(0.1);
    exhaustion.happened();
    await watch.look();
    expect(await state()).toEqual({ state: "closed" });
    isAway = false;
    house.pass(0.1);
    await watch.look();
    const [incident] = house.world.incidents;
    expect(incident).toMatchObject({ rule: "pool_exhausted" });
    expect(incident?.evidence.signals.map(({ at }) => at)).toEqual([happenedAt.toISOString()]);
    house.pass(1);
    await watch.look();
    expect(house.world.incidents).toHaveLength(1); // told once
  });

  it("counts signals to the edge of its window, and none from before a try", async () => {
    const { watch } = house.process();
    const crash = (ago: number) => {
      const at = new Date(house.now().getTime() - ago);
      return house.breakers.signal({ kind: "socket_crash", at, detail: "planted" }, String(at.getTime()));
    };
    await crash(10 * 60_000 + 1);
    await watch.look();
    expect(await state()).toEqual({ state: "closed" });
    house.pass(0.1);
    await crash(10 * 60_000);
    await watch.look();
    expect(await state()).toMatchObject({ state: "open" });

    house.pass(15);
    await act("retry");
    await crash(1);
    house.pass(0.1);
    await watch.look();
    expect(await state()).toMatchObject({ state: "half_open" });
    await crash(0);
    house.pass(0.1);
    await watch.look();
    expect(await state()).toMatchObject({ state: "open" });
  });

  it.each([
    ["switched off", "enabled = false"],
    ["killed", "killed_at = now()"],
  ])("does not trip by a signal when its flag is %s and nobody met it, and does when somebody did", async (_, off) => {
    await house.rows(`UPDATE feature_flags SET ${off} WHERE key = '${KEY}'`);
    const { watch, traffic } = house.process();
    await house.breakers.signal({ kind: "socket_crash", at: house.now(), detail: "planted" }, "a crash");
    await watch.look();
    expect(await state()).toEqual({ state: "closed" });
    expect(house.world.incidents).toEqual([]);
    house.calls(traffic, 1, 0);
    house.pass(0.1);
    await watch.look();
    expect(await state()).toMatchObject({ state: "open" });
  });

  it("hears of a process that serves sockets and went silent, but not of one that ended in order", async () => {
    const [ended, crashed] = [randomUUID(), randomUUID()];
    for (const id of [ended, crashed]) {
      await house.rows(
        `INSERT INTO server_processes (id, role, seen_at) VALUES ('${id}', 'ws', clock_timestamp() - interval '20 s')`,
      );
    }
    await openProcesses(database, ended).stop();
    const { watch } = house.process();
    await watch.look();
    expect(house.world.incidents.map(({ rule }) => rule)).toEqual(["socket_crash"]);
    expect(await house.rows("SELECT source FROM signals")).toEqual([{ source: expect.stringContaining(crashed) }]);
  });

  const goesSilent = (id: string) =>
    house.rows(`INSERT INTO server_processes (id, role, seen_at) VALUES ('${id}', 'ws', clock_timestamp() - interval '20 s')
      ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at`);
  const crashes = async () => (await house.rows("SELECT detail FROM signals ORDER BY id")).map(({ detail }) => detail);

  it("hears again of a process that was only held up at first, and crashed later", async () => {
    const [id, { watch }] = [randomUUID(), house.process()];
    await goesSilent(id);
    await watch.look();
    await openProcesses(database, id).beat();
    await goesSilent(id);
    house.pass(0.1);
    await watch.look();
    house.pass(0.1);
    await watch.look();
    expect(await crashes()).toEqual(
      Array(2).fill(expect.stringContaining(`process ${id} (ws) was heard of last at 20`)),
    );
  });

  it("hears of a crash when the database comes back, if it could not be written down", async () => {
    const { watch } = house.process();
    await goesSilent(randomUUID());
    await house.rows("ALTER TABLE signals RENAME TO gone");
    await watch.look();
    await house.rows("ALTER TABLE gone RENAME TO signals");
    house.pass(0.1);
    await watch.look();
    expect(await crashes()).toHaveLength(1);
  });

  it("trips once when two look at the same time", async () => {
    const [one, other] = [house.process(), house.process()];
    house.calls(one.traffic, 100, 10);
    await one.watch.stop(); // tells its counts
    const opened: Incident[] = [];
    const turn = () => turnBreakers({ breakers: house.breakers, now: house.now }, (incident) => opened.push(incident));
    await Promise.all([turn(), turn()]);
    expect(opened).toHaveLength(1);
    expect(await house.rows("SELECT count(*)::int AS n FROM alerts")).toEqual([{ n: 1 }]);
    await other.watch.stop();
  });

  it("does nothing by the judgement of an evaluator that was paused while a person closed the breaker", async () => {
    let goOn = () => {};
    const paused = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const slow = house.process({
      ...house.breakers,
      async trip(...args) {
        await paused;
        return house.breakers.trip(...args);
      },
    });
    house.calls(slow.traffic, 100, 10);
    const looking = slow.watch.look();
    await expect.poll(() => house.rows("SELECT task FROM watch_tasks")).toEqual([{ task: "flags" }]);

    house.pass(1);
    await house.process().watch.look(); // another one trips it meanwhile
    expect(await state()).toMatchObject({ state: "open" });
    expect(await act("close")).toBeNull();
    goOn();
    await looking;
    expect(await state()).toEqual({ state: "closed" });
    expect(house.world.incidents).toHaveLength(1);
  });

  it("cools down before a new try, then climbs through 1, 10 and 100 percent, and closes with its incident", async () => {
    const { watch, traffic } = await tripped();
    expect(await act("retry")).toBe("too_early");
    house.pass(15);
    expect(await act("retry")).toBeNull();
    for (const share of [1, 10, 100]) {
      expect(await state()).toMatchObject({ state: "half_open", share });
      house.pass(0.2);
      house.calls(traffic, 19, 0);
      await watch.look();
      expect(await state()).toMatchObject({ state: "half_open", share });
      house.pass(0.1);
      house.calls(traffic, 1, 0);
      await watch.look();
    }
    expect(await state()).toEqual({ state: "closed" });
    expect((await house.breakers.incidents(KEY))[0]).toMatchObject({ closedBecause: "it held for everybody" });
  });

  it("climbs by the calls of its try, however few there are in an hour", async () => {
    const { watch, traffic } = await tripped();
    house.pass(15);
    await act("retry");
    for (let hour = 1; hour <= 10; hour++) {
      house.pass(60);
      house.calls(traffic, 2, 0);
      await house.tidyUp();
      await watch.look();
      expect(await state()).toMatchObject({ state: "half_open", share: hour < 10 ? 1 : 10 });
    }
  });

  it("opens again when the try fails, with an incident of its own, and never by the errors from before", async () => {
    const { watch, traffic } = await tripped();
    house.pass(15);
    await act("retry");
    house.pass(0.2);
    await watch.look();
    expect(await state()).toMatchObject({ state: "half_open" });
    house.calls(traffic, 10, 3);
    house.pass(0.1);
    await watch.look();
    expect(await state()).toMatchObject({ state: "open" });
    expect(house.world.incidents).toHaveLength(2);
  });

  it("goes on where it was when every process is started anew half-way", async () => {
    const { watch } = await tripped();
    house.pass(15);
    await act("retry");
    await watch.stop();
    const later = house.process();
    house.pass(0.2);
    house.calls(later.traffic, 20, 0);
    await later.watch.look();
    expect(await state()).toMatchObject({ state: "half_open", share: 10 });
  });

  it("is not closed by anything but a person, however long and well it goes", async () => {
    const { watch, traffic } = await tripped();
    for (let hour = 0; hour < 5; hour++) {
      house.pass(60);
      house.calls(traffic, 500, 0);
      await watch.look();
    }
    expect(await state()).toMatchObject({ state: "open" });
    expect(await act("close")).toBeNull();
    expect(await act("close")).toBe("not_open");
  });

  it("pauses the ramp of its flag, so that nothing switches it on again", async () => {
    const steps = [
      { reach: { kind: "percentage", percentage: 10 }, hold: { kind: "time", minutes: 60 }, guards: [] },
    ] as const;
    const plan = await house.ramps.plan(
      KEY,
      steps.map((step) => ({ ...step, guards: [] })),
      { id: "a person", because: "a test" },
    );
    if (!plan) throw new Error("no plan");
    await house.ramps.save(
      { ...plan, state: "running", step: 0, stepSince: house.now().toISOString(), version: 2 },
      plan.version,
    );
    await tripped();
    expect(await house.ramps.of(KEY)).toMatchObject({
      state: "paused",
      because: expect.stringContaining("switched off"),
    });
  });

  it("looks and says nothing while it is not armed", async () => {
    await house.rows(`UPDATE feature_flags SET breaker_limits = '{"isArmed": false}' WHERE key = '${KEY}'`);
    await tripped();
    expect(await state()).toEqual({ state: "closed" });
  });
});
