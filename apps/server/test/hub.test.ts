import type { Tessera } from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RawOptions, type RawSocket, rawSocket } from "./support/raw-socket.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const ROOMY = { messagesPerSecond: 100_000, burst: 100_000, gatherMs: 0 };

/** tRPC's own handler is asked by a name for a number, which the front leaves to it. */
const HUB = 7;
const OTHER = "seven";
const ofHub = (message: string) => message.startsWith(`{"id":${HUB},`);
const ofOther = (message: string) => message.startsWith(`{"id":"${OTHER}",`);
const asHub = (message: string) => message.replace(`{"id":"${OTHER}",`, `{"id":${HUB},`);

describe("a subscription that many have in common", () => {
  let server: RunningServer;
  let member: Tessera;
  let desk: Tessera;
  let observer: RawSocket;
  const callers: Record<string, RawOptions> = {};

  beforeAll(async () => {
    server = await runningServer(ROOMY);
    member = await server.signedIn("member@library.example");
    desk = await server.desk();
    callers.stranger = {};
    callers.member = { headers: { cookie: await server.cookieOf("member@library.example") } };
    callers.staff = { headers: { cookie: await server.cookieOf("staff@library.example") } };
    callers.desk = { token: await server.deskToken() };
    observer = await rawSocket(server.url, callers.desk);
    observer.say(subscribe(1, "live.events"));
    await observer.until((message) => message.includes("started"));
  });
  afterAll(() => server?.stop());

  /**
   * Something is taken and brought back: four events.
   *
   * @returns The number of the last one, which concerns everybody.
   */
  async function story(): Promise<string> {
    const all = await member.api.resource.list.query();
    const resourceId = all.find(({ availability }) => availability.state === "free")?.id ?? "";
    let last = "";
    for (const purpose of ["check_out", "check_in"] as const) {
      const issued = await member.api.qr.issue.mutate({ purpose, resourceId });
      if (issued.kind !== "issued") throw new Error(`no code to ${purpose}`);
      const outcome = await desk.redeem(issued.text);
      if (outcome.kind !== "redeemed") throw new Error(`could not ${purpose}`);
      last = await observer.until((message) => message.includes(outcome.redemptionId));
    }
    return JSON.parse(last).result.id;
  }

  const subscribe = (id: number | string, path: string, lastEventId?: string) => ({
    id,
    method: "subscription",
    params: { path, lastEventId },
  });

  /** Both ways on one socket, until both have told the same last event. */
  async function bothWays(socket: RawSocket, path: string, lastEventId?: string) {
    socket.say(subscribe(HUB, path, lastEventId));
    socket.say(subscribe(OTHER, path, lastEventId));
    await Promise.all([socket.until(ofHub), socket.until(ofOther)]);
  }

  async function compared(socket: RawSocket, last: string) {
    const isLast = (message: string) => message.includes(`"id":"${last}"`);
    await socket.until((message) => ofHub(message) && isLast(message));
    await socket.until((message) => ofOther(message) && isLast(message));
    const hub = socket.heard.filter(ofHub);
    expect(hub).toEqual(socket.heard.filter(ofOther).map(asHub));
    return hub;
  }

  it.each([
    ["member", "live.events"],
    ["desk", "live.events"],
    ["staff", "live.events"],
    ["desk", "live.availability"],
    ["member", "live.availability"],
  ])("tells a %s of %s the same bytes as tRPC's own handler, while things happen", async (who, path) => {
    const socket = await rawSocket(server.url, callers[who]);
    await bothWays(socket, path);
    if (path === "live.availability") {
      await socket.until((message) => ofHub(message) && message.includes("complete"));
      await socket.until((message) => ofOther(message) && message.includes("complete"));
    }
    const told = await compared(socket, await story());
    expect(told.length).toBeGreaterThan(2);
    socket.socket.close();
  });

  it.each([
    ["member", "live.events"],
    ["desk", "live.events"],
    ["desk", "live.availability"],
  ])("tells a %s of %s what was missed, the same bytes as tRPC's own handler", async (who, path) => {
    const last = await story();
    const socket = await rawSocket(server.url, callers[who]);
    await bothWays(socket, path, "0");
    const told = await compared(socket, last);
    expect(told.length).toBeGreaterThan(2);
    socket.socket.close();
  });

  it.each(["desk", "member"])(
    "tells a %s of the flags the same bytes as tRPC's own handler, whenever one is switched",
    async (who) => {
      const operator = await server.signedIn("operator@library.example");
      const socket = await rawSocket(server.url, callers[who]);
      await bothWays(socket, "live.flags");
      for (const of of [ofHub, ofOther]) await socket.until((message) => of(message) && message.includes('"flags"'));
      for (const change of ["kill", "restore"] as const) {
        await operator.api.flag[change].mutate({ key: "qr-checkout-enabled", because: "a test" });
        const { revision } = await operator.api.flag.evaluate.query({ key: "qr-checkout-enabled" });
        const event = await observer.until((message) => message.includes(`"revision":${revision}`));
        const told = await compared(socket, JSON.parse(event).result.id);
        expect(told.at(-1)).toContain(`"value":${change === "restore"}`);
      }
      socket.socket.close();
    },
  );

  it.each([
    ["who is nobody", "stranger", subscribe(HUB, "live.events")],
    ["with a number that is none", "desk", subscribe(HUB, "live.events", "soon")],
    [
      "with an input that is none",
      "member",
      { ...subscribe(HUB, "live.availability"), params: { path: "live.availability", input: 5 } },
    ],
  ])("refuses one %s with the same bytes", async (_what, who, message) => {
    const socket = await rawSocket(server.url, callers[who]);
    socket.say(message);
    socket.say({ ...message, id: OTHER });
    const [hub, other] = await Promise.all([socket.until(ofHub), socket.until(ofOther)]);
    expect(hub).toBe(asHub(other));
    expect(hub).toContain('"error"');
    socket.socket.close();
  });

  it("ends when it is stopped, and its number may be used again", async () => {
    const socket = await rawSocket(server.url, callers.desk);
    await bothWays(socket, "live.events");
    socket.say({ id: HUB, method: "subscription.stop" });
    socket.say({ id: OTHER, method: "subscription.stop" });
    await socket.until((message) => ofOther(message) && message.includes("stopped"));
    expect(socket.heard.filter(ofHub)).toEqual(socket.heard.filter(ofOther).map(asHub));

    socket.say(subscribe(HUB, "live.availability"));
    await socket.until((message) => ofHub(message) && message.includes('"complete":true'));
    socket.say(subscribe(HUB, "live.availability"));
    await socket.until((message) => message.includes(`Duplicate id ${HUB}`));
    socket.socket.close();
  });

  it("is one of fifty on a socket, whoever asks for ten thousand, and the socket goes on", async () => {
    const socket = await rawSocket(server.url, callers.desk);
    for (let id = 1; id <= 10_000; id++) socket.say(subscribe(id, "live.events"));
    socket.say({ id: 10_001, method: "query", params: { path: "account.me" } });
    await socket.until((message) => message.startsWith('{"id":10001,'));
    await socket.until((message) => message.startsWith('{"id":10000,'));
    expect(socket.heard.filter((message) => message.includes('"started"'))).toHaveLength(50);
    expect(socket.heard.filter((message) => message.includes("TOO_MANY_REQUESTS"))).toHaveLength(9_950);
    socket.socket.close();
  });

  it("is begun for several at once by a client that comes back", async () => {
    const socket = await rawSocket(server.url, callers.desk);
    socket.say([subscribe(1, "live.events", "0"), subscribe(2, "live.availability")]);
    await socket.until((message) => message.startsWith('{"id":1,') && message.includes('"type":"data"'));
    await socket.until((message) => message.startsWith('{"id":2,') && message.includes('"complete":true'));
    socket.socket.close();
  });

  it("tells a member nothing of what concerns another", async () => {
    const staff = await rawSocket(server.url, callers.staff);
    const operator = await rawSocket(server.url, {
      headers: { cookie: await server.cookieOf("member2@library.example").catch(() => "") },
    });
    operator.socket.close();
    staff.say(subscribe(1, "live.events", "0"));
    const socket = await rawSocket(server.url, callers.member);
    socket.say(subscribe(1, "live.events", "0"));
    const last = await story();
    await staff.until((message) => message.includes(`"id":"${last}"`));
    await socket.until((message) => message.includes(`"id":"${last}"`));
    const types = socket.heard.map((message) => JSON.parse(message).result?.data?.data?.type).filter(Boolean);
    expect(types).not.toContain("device.paired");
    expect(staff.heard.join()).toContain("device.paired");
    for (const one of [staff, socket]) one.socket.close();
  });
});
