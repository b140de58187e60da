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

  it("wants a reason", async () => {
    const killed = operator.api.flag.kill.mutate({ key: KEY, because: " " });
    await expect(killed).rejects.toMatchObject({ data: { code: "BAD_REQUEST" } });
  });
});
