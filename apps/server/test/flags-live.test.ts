import type { FlagDecision } from "@tessera/contracts";
import type { FlagConfig } from "@tessera/contracts/flags";
import { isNewerSet, readSignedSet } from "@tessera/domain/flags/signed-set";
import { createTessera, type Tessera, type Timing } from "@tessera/sdk/node";
import { networkTo } from "@tessera/vitest/network";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const KEY = "qr-checkout-enabled";

/** A clock whose waits are fifty times as short, and tries that come soon. */
const hurried: Timing = {
  now: Date.now,
  random: () => 0.02,
  after(ms, work) {
    const timer = setTimeout(work, ms / 50);
    return () => clearTimeout(timer);
  },
};

describe("flags, to a program that asks by the SDK", () => {
  let server: RunningServer;
  let operator: Tessera;
  let member: Tessera;
  const stops: (() => void)[] = [];

  beforeAll(async () => {
    server = await runningServer();
    [operator, member] = await Promise.all([
      server.signedIn("operator@library.example"),
      server.signedIn("member@library.example"),
    ]);
  });
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });
  afterAll(() => server?.stop());

  /** What a client hears of the flag, and a way to wait for it. */
  function watching(client: Tessera) {
    let newest: FlagDecision | undefined;
    stops.push(
      client.flags.watch((flags) => {
        newest = flags.find(({ key }) => key === KEY);
      }),
    );
    return {
      until: (fits: Partial<FlagDecision>) => expect.poll(() => newest, { timeout: 10_000 }).toMatchObject(fits),
    };
  }

  async function save(config: FlagConfig) {
    const { revision } = await operator.flags.decide(KEY);
    const change = await operator.api.flag.save.mutate({ key: KEY, revision, set: { config }, because: "a test" });
    if (change.kind !== "changed") throw new Error(`the flag was not changed: ${JSON.stringify(change)}`);
    return change.setting.revision;
  }

  it("are heard of as soon as one is killed, and known from then on without asking", async () => {
    const { until } = watching(member);
    await until({ value: true });
    expect(member.flags.known(KEY)).toMatchObject({ value: true, stale: false });

    const { revision } = await operator.api.flag.kill.mutate({ key: KEY, because: "a test of the switch" });
    await until({ value: false, reason: "KILLED", revision });
    expect(member.flags.known(KEY)).toMatchObject({ value: false, reason: "KILLED", revision });
    expect(await member.flags.isOn(KEY)).toBe(false);

    await operator.api.flag.restore.mutate({ key: KEY, because: "the test is over" });
    await until({ value: true });
  });

  it("are another for everybody: off in a share of nobody, on for who is named, and on at a desk for their sake", async () => {
    const desk = await server.desk();
    const staff = await server.signedIn("staff@library.example");
    const me = await staff.api.account.me.query();
    if (me?.kind !== "member") throw new Error("nobody is signed in");
    const [named, unnamed, atDesk] = [watching(staff), watching(member), watching(desk)];

    await save({ rollout: "percentage", percentage: 0, users: [me.memberId] });
    await unnamed.until({ value: false, reason: "SPLIT" });
    await named.until({ value: true, reason: "TARGETING_MATCH", rule: "allow" });
    await atDesk.until({ value: true });
    expect(await member.flags.isOn(KEY)).toBe(false);
    expect((await staff.flags.all()).find(({ key }) => key === KEY)?.value).toBe(true);

    await save({});
    await unnamed.until({ value: true });
  });

  it("are heard of by polling where no socket gets through, and held at their last value when nothing does", async () => {
    const network = await networkTo(server.url);
    network.withSockets = "refuses";
    const desk = createTessera({ url: network.url, token: await server.deskToken(), timing: hurried });
    const { until } = watching(desk);
    await until({ value: true });
    const { revision } = await operator.api.flag.kill.mutate({ key: KEY, because: "a test of the switch" });
    await until({ value: false, reason: "KILLED", revision });

    await network.close();
    expect(await desk.flags.decide(KEY)).toMatchObject({ value: false, revision, stale: true });
    expect(desk.flags.known(KEY)).toMatchObject({ value: false, revision });
    await desk.close();
    await operator.api.flag.restore.mutate({ key: KEY, because: "the test is over" });
  });

  it("are not decided for nobody", async () => {
    await expect(server.stranger().flags.decide(KEY)).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } });
  });

  it("are told to a desk in a signed set, which it believes by the key of the one before", async () => {
    const desk = await server.desk();
    const first = await readSignedSet(await desk.api.flag.signedSet.query(), null);
    if (typeof first === "string") throw new Error(first);
    expect(first.flags.find(({ key }) => key === KEY)).toMatchObject({
      value: true,
      age: { after: expect.any(String) },
    });
    expect(first.keys).toHaveLength(2);

    await operator.api.flag.kill.mutate({ key: KEY, because: "a test of the switch" });
    const second = await readSignedSet(await desk.api.flag.signedSet.query(), first);
    if (typeof second === "string") throw new Error(second);
    expect(second.flags.find(({ key }) => key === KEY)?.value).toBe(false);
    expect(isNewerSet(first, second)).toBe(true);

    const elsewhere = await readSignedSet(await (await server.desk("Harbour hotel")).api.flag.signedSet.query(), first);
    expect(elsewhere).toBe("unknown_key");
    await operator.api.flag.restore.mutate({ key: KEY, because: "the test is over" });
  });

  it("are signed for desks alone", async () => {
    await expect(member.api.flag.signedSet.query()).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
  });
});
