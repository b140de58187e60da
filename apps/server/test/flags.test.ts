import { type FlagSettings, type RampStep, rampTemplates } from "@tessera/contracts/flags";
import type { Tessera } from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hearEvents, hearFlags } from "./support/listening.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const KEY = "qr-checkout-enabled";

describe("the flag qr-checkout-enabled", () => {
  let server: RunningServer;
  let operator: Tessera;
  let member: Tessera;

  beforeAll(async () => {
    server = await runningServer();
    [operator, member] = await Promise.all([
      server.signedIn("operator@library.example"),
      server.signedIn("member@library.example"),
    ]);
  });
  afterAll(() => server?.stop());

  async function issueSomething() {
    const [first] = await member.api.resource.list.query();
    return member.api.qr.issue.mutate({ purpose: "check_out", resourceId: first?.id ?? "" });
  }

  /** Takes a thing, so that there is an answer to hear again. */
  async function memberTakes(name: string, desk: Tessera) {
    const resource = (await member.api.resource.list.query()).find((one) => one.name === name);
    const issued = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId: resource?.id ?? "" });
    if (issued.kind !== "issued") throw new Error("no code");
    return { text: issued.text, outcome: await desk.redeem(issued.text) };
  }

  it("is on, and says why", async () => {
    expect(await member.api.flag.evaluate.query({ key: KEY })).toMatchObject({ value: true, reason: "STATIC" });
  });

  it("really switches codes off when it is killed, tells everybody, and on again when it is restored", async () => {
    const desk = await server.desk();
    const issued = await issueSomething();
    if (issued.kind !== "issued") throw new Error("no code");
    const events = await hearEvents(member);

    const answered = await memberTakes("Pasta machine", desk);
    await operator.api.flag.kill.mutate({ key: KEY, because: "a test of the switch" });
    expect(await desk.redeem(answered.text, { scanId: answered.outcome.scanId })).toEqual({
      ...answered.outcome,
      replayed: true,
    });
    expect(await member.api.flag.evaluate.query({ key: KEY })).toMatchObject({ value: false, reason: "KILLED" });
    expect(await issueSomething()).toEqual({ kind: "refused", refusal: { reason: "disabled" } });
    expect(await desk.redeem(issued.text)).toMatchObject({ refusal: { reason: "disabled" } });
    await events.until(({ data }) => data.type === "flag.changed" && !data.payload.enabled);

    await operator.api.flag.restore.mutate({ key: KEY, because: "the test is over" });
    expect(await desk.redeem(issued.text)).toMatchObject({ kind: "redeemed" });
    events.stop();
  });

  it("is told at first, whenever it is switched, and to who comes back after it was", async () => {
    const desk = await server.desk();
    const [away, hears] = await Promise.all([hearFlags(member), hearFlags(desk)]);
    const before = await away.until(() => true);
    away.stop();
    expect(before.data.flags).toEqual((await member.api.flag.all.query()).flags);

    const { revision } = await operator.api.flag.kill.mutate({ key: KEY, because: "a test of the switch" });
    const killed = { key: KEY, value: false, reason: "KILLED", rule: "killed", revision };
    await hears.until(({ data }) => data.flags[0]?.revision === revision);
    const back = await hearFlags(member, before.id);
    expect((await back.until(() => true)).data.flags[0]).toMatchObject(killed);

    await operator.api.flag.restore.mutate({ key: KEY, because: "the test is over" });
    await hears.until(({ data }) => Number(data.flags[0]?.revision) > revision && data.flags[0]?.value === true);
    hears.stop();
    back.stop();
  });

  it("is switched by operators only", async () => {
    const staff = await server.signedIn("staff@library.example");
    for (const person of [member, staff]) {
      const killed = person.api.flag.kill.mutate({ key: KEY, because: "not mine to switch" });
      await expect(killed).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
    }
  });

  it.each([
    ["a NUL", "it\0burns"],
    ["half a letter", "it burns \ud800"],
  ])("wants texts that can be kept: no %s", async (_, text) => {
    const [{ setting } = { setting: null }] = await operator.api.flag.list.query();
    const revision = setting?.revision ?? 0;
    const save = (set: Partial<FlagSettings>) =>
      operator.api.flag.save.mutate({ key: setting?.key ?? KEY, revision, set, because: "a test of texts" });
    for (const asked of [
      () => operator.api.flag.kill.mutate({ key: KEY, because: text }),
      () => operator.api.flag.breaker.act.mutate({ key: KEY, act: "retry", because: text }),
      () => operator.api.flag.ramp.plan.mutate({ key: KEY, steps: rampTemplates.weeks, because: text }),
      () => save({ description: text }),
      () => save({ config: { users: [text] } }),
      () => save({ denied: { devices: [text] } }),
      () => operator.api.qr.invalidateAll.mutate({ because: text }),
      () => operator.api.device.invite.mutate({ name: text }),
      () => operator.api.audit.list.query({ after: 0, type: text }),
    ])
      await expect(asked(), String(asked)).rejects.toMatchObject({ data: { code: "BAD_REQUEST" } });
    expect(await member.api.flag.evaluate.query({ key: KEY })).toMatchObject({ value: true });
  });

  it("keeps no tenant out whose id is none", async () => {
    const { revision } = await member.api.flag.evaluate.query({ key: KEY });
    const save = (tenants: string[]) =>
      operator.api.flag.save.mutate({
        key: KEY,
        revision,
        set: { denied: { tenants } as FlagSettings["denied"] },
        because: "a test of ids",
      });
    await expect(save(["library"])).rejects.toMatchObject({ data: { code: "BAD_REQUEST" } });
    const saved = await save(["0193E5A0-0000-7000-8000-00000000000A"]);
    expect(saved).toMatchObject({ setting: { denied: { tenants: ["0193e5a0-0000-7000-8000-00000000000a"] } } });
  });

  it("can be explained for people by a part of their name", async () => {
    const me = await member.api.account.me.query();
    const [found] = await operator.api.flag.people.query({ text: me?.name.slice(1).toUpperCase() ?? "" });
    expect(found).toMatchObject({ name: me?.name, tenantId: me?.tenant.id, tenant: me?.tenant.name });
  });

  it("tells who of a cohort is in", async () => {
    const key = "ff/qr_unified_portal";
    const because = "a test of cohorts";
    const emails = ["member@library.example", "nobody@library.example", "staff@library.example"];
    expect(await operator.api.flag.ramp.invite.mutate({ key, emails, because })).toEqual({ added: 3 });
    const steps = [{ reach: { kind: "cohort", size: 1 }, hold: { kind: "approval" }, guards: [] } as RampStep];
    const plan = await operator.api.flag.ramp.plan.mutate({ key, steps, because });
    const version = plan.kind === "changed" ? plan.ramp.version : 0;
    await operator.api.flag.ramp.move.mutate({ key, act: "start", version, because });
    const cohort = await operator.api.flag.ramp.cohort.query({ key });
    expect(cohort.map(({ email, place, isIn }) => [email, place, isIn])).toEqual([
      [emails[0], 1, true],
      [emails[1], 2, false],
      [emails[2], 3, false],
    ]);
  });

  it("wants a reason", async () => {
    const killed = operator.api.flag.kill.mutate({ key: KEY, because: " " });
    await expect(killed).rejects.toMatchObject({ data: { code: "BAD_REQUEST" } });
  });
});
