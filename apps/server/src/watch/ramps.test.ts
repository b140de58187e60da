import type { FlagKey, TenantId } from "@tessera/contracts";
import { type MoveRamp, type Ramp, type RampStep, rampTemplates } from "@tessera/contracts/flags";
import { builders, embeddedForTest, type TestDatabase } from "@tessera/db/testing";
import { actOnRamp, turnRamps } from "@tessera/domain/flags/ramp-turn";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { flagWorld, KEY } from "./flag-watch-testing.ts";

const BY = { id: "a person", via: "console" } as const;
const WHO = { id: "a person", because: "a test" };
const WEEK = 7 * 24 * 60;

describe("ramps, on a driven clock and a real database", () => {
  let database: TestDatabase;
  let house: ReturnType<typeof flagWorld>;

  beforeAll(async () => {
    database = await embeddedForTest();
    const tenant: TenantId = await builders(database).tenant({ slug: "ramped", name: "Ramped" });
    house = flagWorld(database, [tenant]);
  });
  beforeEach(() => house.reset());
  afterAll(() => database?.close());

  const tools = () => ({
    ramps: house.ramps,
    book: house.book,
    now: house.now,
    exposed: async (key: typeof KEY, from: Date) => (await house.breakers.traffic(key, from)).exposed,
  });
  async function move(act: MoveRamp["act"], step?: number) {
    const version = (await house.ramps.of(KEY))?.version ?? 0;
    return actOnRamp(
      tools(),
      { key: KEY, act, version, because: `a test: ${act}`, ...(step !== undefined && { step }) },
      BY,
    );
  }
  async function started(steps: readonly RampStep[]) {
    await house.ramps.plan(KEY, steps, WHO);
    return move("start");
  }
  const share = async () => {
    const { enabled, config } = await house.setting();
    return enabled ? (config.percentage ?? null) : "off";
  };
  const steps = (...shares: number[]): RampStep[] =>
    shares.map((percentage) => ({
      reach: { kind: "percentage", percentage },
      hold: { kind: "time", minutes: 60 },
      guards: [],
    }));

  it("takes a flag from off to everybody in the weeks of the operators' document", async () => {
    await house.rows(`UPDATE feature_flags SET enabled = false WHERE key = '${KEY}'`);
    await started(rampTemplates.weeks);
    const { watch } = house.process();
    for (const expected of [10, 25, 50, 100]) {
      expect(await share()).toBe(expected);
      house.pass(WEEK - 1);
      await watch.look();
      expect(await share()).toBe(expected);
      house.pass(1);
      await watch.look();
    }
    expect(await house.ramps.of(KEY)).toMatchObject({ state: "completed" });
    expect((await house.book.history(KEY)).slice(0, 4).map(({ via, byName }) => [via, byName])).toEqual([
      ["ramp", "ramp"],
      ["ramp", "ramp"],
      ["ramp", "ramp"],
      ["ramp", "a person"],
    ]);
  });

  it("folds what is overdue after a long downtime into one change", async () => {
    await started(steps(10, 25, 50, 100));
    const before = (await house.book.history(KEY)).length;
    house.pass(150);
    await house.process().watch.look();
    expect(await share()).toBe(50);
    expect((await house.book.history(KEY)).length).toBe(before + 1);
  });

  it("pauses when its guard is broken, and goes on when a person says so", async () => {
    await started(rampTemplates.weeks);
    const { watch, traffic } = house.process();
    house.pass(1);
    house.calls(traffic, 200, 2);
    await watch.look();
    expect(await house.ramps.of(KEY)).toMatchObject({ state: "paused", because: expect.stringContaining("2 of 200") });
    expect(await share()).toBe(10);
    expect(await move("resume")).toMatchObject({ kind: "changed", ramp: { state: "running", step: 0 } });
  });

  it("hears its guard about all calls of a week, however few there are in an hour", async () => {
    await started(rampTemplates.weeks);
    const { watch, traffic } = house.process();
    for (let hour = 1; hour <= 50; hour++) {
      house.pass(60);
      house.calls(traffic, 1, hour === 1 ? 1 : 0);
      await house.tidyUp();
      await watch.look();
      expect(await house.ramps.of(KEY)).toMatchObject({ state: hour < 50 ? "running" : "paused" });
    }
    expect((await house.ramps.of(KEY))?.because).toContain("1 of 50 calls");
  });

  it("goes back to nobody when its guard says so", async () => {
    const guards = [{ metric: "error_share", above: 1, minCalls: 50, action: "roll_back" }] as const;
    await started(steps(10, 100).map((step) => ({ ...step, guards: [...guards] })));
    const { watch, traffic } = house.process();
    house.pass(1);
    house.calls(traffic, 50, 4);
    await watch.look();
    expect(await share()).toBe("off");
    expect(await house.ramps.of(KEY)).toMatchObject({ state: "rolled_back" });
  });

  it("finishes what a crash left half done: the step was written down, and the flag was not set", async () => {
    await started(steps(10, 25));
    const ramp = await house.ramps.of(KEY);
    if (!ramp) throw new Error("no ramp");
    await house.ramps.save(
      { ...ramp, step: 1, stepSince: house.now().toISOString(), version: ramp.version + 1 },
      ramp.version,
    );
    expect(await share()).toBe(10);
    house.pass(0.1);
    await house.process().watch.look();
    expect(await share()).toBe(25);
  });

  it("moves once when two processes look at the same moment", async () => {
    await started(steps(10, 25, 50));
    const before = (await house.book.history(KEY)).length;
    house.pass(61);
    await Promise.all([house.process().watch.look(), house.process().watch.look()]);
    expect(await share()).toBe(25);
    expect((await house.book.history(KEY)).length).toBe(before + 1);
  });

  it("is paused by the kill switch, and cannot go on until the flag is restored", async () => {
    await started(steps(10, 25));
    await house.kill();
    expect(await house.ramps.of(KEY)).toMatchObject({ state: "paused" });
    expect(await move("resume")).toEqual({ kind: "refused", reason: "killed" });
    house.pass(1_000);
    await house.process().watch.look();
    expect(await share()).toBe(10);
  });

  it.each(["book", "ramps"] as const)("leaves a flag off that was switched off after it read its %s", async (read) => {
    await started(steps(10, 25));
    const late = tools();
    const off = async <T>(found: T) => {
      await house.rows(`UPDATE feature_flags SET enabled = false WHERE key = '${KEY}'`);
      return found;
    };
    if (read === "book") late.book = { ...house.book, read: () => house.book.read().then(off) };
    else late.ramps = { ...house.ramps, all: () => house.ramps.all().then(off) };
    await turnRamps(late, ({ state }) => expect.fail(`it is ${state}`));
    expect(await share()).toBe("off");
  });

  it("stands still when it was resumed while somebody killed its flag", async () => {
    await started(steps(10, 25));
    await move("pause");
    const late = tools();
    late.ramps = { ...house.ramps, save: (...args) => house.kill().then(() => house.ramps.save(...args)) };
    const version = (await house.ramps.of(KEY))?.version ?? 0;
    await actOnRamp(late, { key: KEY, act: "resume", version, because: "a test" }, BY);
    expect(await house.ramps.of(KEY)).toMatchObject({ state: "running" });
    house.pass(1_000);
    await house.process().watch.look();
    expect(await house.ramps.of(KEY)).toMatchObject({ state: "paused", step: 0, because: "the flag is off" });
    expect(await share()).toBe(10);
  });

  it("does not go on while the breaker of its flag is open", async () => {
    await started(steps(10, 25));
    const { watch, traffic } = house.process();
    house.calls(traffic, 100, 10);
    await watch.look();
    expect(await house.ramps.of(KEY)).toMatchObject({ state: "paused" });
    expect(await move("resume")).toEqual({ kind: "refused", reason: "breaker_open" });
    expect(await move("jump", 1)).toEqual({ kind: "refused", reason: "breaker_open" });
    expect(await move("roll_back")).toMatchObject({ kind: "changed" });
  });

  it("is paused when anybody switches the flag off in SQL", async () => {
    await started(steps(10, 25));
    await house.rows(`UPDATE feature_flags SET enabled = false WHERE key = '${KEY}'`);
    house.pass(1_000);
    await house.process().watch.look();
    expect(await share()).toBe("off");
  });

  it("lets nobody else set whom the flag is for while it runs", async () => {
    await started(steps(10, 25));
    const { revision } = await house.setting();
    const change = (set: object) => house.book.save({ key: KEY, revision, set, because: "a test" }, BY);
    expect(await change({ config: { rollout: "everyone" } })).toEqual({ kind: "refused", reason: "ramp_running" });
    expect(await change({ description: "something else" })).toMatchObject({ kind: "changed" });
  });

  /** They have signed up with these addresses. */
  async function signUp(...emails: string[]): Promise<void> {
    const quoted = emails.map((email) => `'${email}'`).join();
    await house.rows(`WITH people AS (
      INSERT INTO users (id, name, email) SELECT gen_random_uuid(), e, e FROM unnest(ARRAY[${quoted}]) e RETURNING id, name)
      INSERT INTO members (tenant_id, name, user_id) SELECT t.id, p.name, p.id FROM people p, tenants t`);
  }
  async function letIn(): Promise<unknown[]> {
    const names = await house.rows(`SELECT m.name FROM feature_flags, jsonb_array_elements_text(config->'users')
      WITH ORDINALITY u (id, n) JOIN members m ON m.id::text = u.id WHERE key = '${KEY}' ORDER BY n`);
    return names.map(({ name }) => name);
  }
  const invited = (size: number): RampStep => ({
    reach: { kind: "cohort", size },
    hold: { kind: "time", minutes: 60 },
    guards: [],
  });

  it("lets as many of a cohort in as its step says, whoever signs up meanwhile, and fewer again when it goes back", async () => {
    await house.ramps.invite(KEY, ["ann", "ben", "cleo", "dan"], WHO);
    await signUp("cleo", "dan");
    expect(await started([invited(2), invited(3)])).toMatchObject({ kind: "changed" });
    expect(await letIn()).toEqual(["cleo", "dan"]);
    await signUp("ann", "ben");
    const { watch } = house.process();
    await watch.look();
    expect(await letIn()).toEqual(["cleo", "dan"]);
    house.pass(60);
    await watch.look();
    expect(await letIn()).toEqual(["cleo", "dan", "ann"]);
    await move("jump", 0);
    expect(await letIn()).toEqual(["cleo", "dan"]);
  });

  it("keeps who planned it and who was invited by whom, and why", async () => {
    await house.ramps.plan(KEY, steps(10), { id: "ann", because: "an old plan" });
    await house.ramps.plan(KEY, steps(25), { id: "ben", because: "a better plan" });
    await house.ramps.invite(KEY, ["cleo"], { id: "dan", because: "she asked for it" });
    expect(await house.rows("SELECT planned_by, planned_because FROM flag_ramps")).toEqual([
      { planned_by: "ben", planned_because: "a better plan" },
    ]);
    expect(await house.rows("SELECT invited_by, invited_because FROM flag_cohort")).toEqual([
      { invited_by: "dan", invited_because: "she asked for it" },
    ]);
  });

  it("lets more than a thousand of a cohort in", async () => {
    const emails = Array.from({ length: 1_200 }, (_, at) => `person-${String(at).padStart(4, "0")}`);
    await house.ramps.invite(KEY, emails, WHO);
    await signUp(...emails);
    expect(await started([invited(1_100)])).toMatchObject({ kind: "changed" });
    expect(await letIn()).toEqual(emails.slice(0, 1_100));
  });

  it("jumps, pauses and takes back as a person says, and refuses what was looked at too long ago", async () => {
    await started(steps(10, 25, 50));
    expect(await move("jump", 2)).toMatchObject({ ramp: { step: 2 } });
    expect(await share()).toBe(50);
    expect(await move("pause")).toMatchObject({ ramp: { state: "paused" } });
    const late = { key: KEY, act: "resume", version: 1, because: "a test" } as const;
    expect(await actOnRamp(tools(), late, BY)).toEqual({ kind: "refused", reason: "moved_on" });
    expect(await move("roll_back")).toMatchObject({ ramp: { state: "rolled_back" } });
    expect(await share()).toBe("off");
  });

  const OTHER = "ff/qr_unified_portal";
  const runOther = (key: string, plan: RampStep[]) =>
    house.rows(`INSERT INTO flag_ramps (key, steps, state, step, step_since)
      VALUES ('${key}', '${JSON.stringify(plan)}', 'running', 0, '${house.now().toISOString()}')`);

  it("goes on although another one fails, and says so at the end", async () => {
    await started(steps(10, 25));
    await runOther(OTHER, steps(10));
    house.pass(60);
    const late = tools();
    const exposed = (key: FlagKey, from: Date) =>
      key === OTHER ? Promise.reject(new Error("not this one")) : tools().exposed(KEY, from);
    const moved: Ramp[] = [];
    const turned = turnRamps({ ...late, exposed }, (ramp) => moved.push(ramp));
    await expect(turned).rejects.toMatchObject({ errors: [expect.objectContaining({ message: "not this one" })] });
    expect(moved).toMatchObject([{ key: KEY, step: 1 }]);
    expect(await share()).toBe(25);
  });

  it("goes on although one is of another release", async () => {
    await house.rows("INSERT INTO feature_flags (key, enabled) VALUES ('of-another-release', true)");
    await runOther("of-another-release", steps(10));
    await started(steps(10, 25));
    house.pass(60);
    await house.process().watch.look();
    expect(await share()).toBe(25);
    expect(house.world.told).toEqual(["running 1"]);
    await house.rows("DELETE FROM feature_flags WHERE key = 'of-another-release'");
  });

  it("goes on although no breaker can be looked at", async () => {
    await started(steps(10, 25));
    house.pass(60);
    const breakers = { ...house.breakers, all: () => Promise.reject(new Error("no breakers")) };
    await house.process(breakers).watch.look();
    expect(await share()).toBe(25);
    expect(house.world.told).toEqual(["Error: no breakers", "running 1"]);
  });

  it("waits for a sample of calls where a step wants one", async () => {
    const sampled: RampStep = {
      reach: { kind: "percentage", percentage: 1 },
      hold: { kind: "sample", calls: 30 },
      guards: [],
    };
    await started([sampled, ...steps(100)]);
    const { watch, traffic } = house.process();
    house.pass(1); // a slice of ten seconds that began before the step does not count
    house.calls(traffic, 29, 0);
    await watch.look();
    house.pass(10_000);
    await house.tidyUp();
    await watch.look();
    expect(await share()).toBe(1);
    house.calls(traffic, 1, 0);
    house.pass(1);
    await watch.look();
    expect(await share()).toBe(100);
  });
});
