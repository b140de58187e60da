import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import type { SocketLimits } from "../src/sockets/limits.ts";
import { type RawOptions, type RawSocket, rawSocket } from "./support/raw-socket.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const ROOMY = { messagesPerSecond: 100_000, burst: 100_000 };
const me = (id: number) => ({ id, method: "query", params: { path: "account.me" } });
const events = (id: number) => ({ id, method: "subscription", params: { path: "live.events" } });
const answerTo = (id: number) => (message: string) => message.startsWith(`{"id":${id},`);

describe("a socket", () => {
  let server: RunningServer;
  const open: RawSocket[] = [];
  afterEach(async () => {
    for (const { socket } of open.splice(0)) socket.terminate();
    await server.stop();
  });

  /** A server with caps that are reached soon, and a desk on it. */
  async function withCaps(caps: Partial<SocketLimits>): Promise<RawOptions> {
    server = await runningServer(caps);
    return { token: await server.deskToken() };
  }
  async function socketOf(options: RawOptions): Promise<RawSocket> {
    const socket = await rawSocket(server.url, options);
    open.push(socket);
    return socket;
  }

  it("is closed when it says too much, and told why", async () => {
    const desk = await withCaps({ burst: 5, messagesPerSecond: 1 });
    const { say, closed } = await socketOf(desk);
    for (let id = 1; id <= 5; id++) say(me(id)); // the first message said who it is
    expect(await closed).toEqual({ code: 4429, reason: "too many messages" });
  });

  it("is closed when many requests in one message are too many", async () => {
    const { say, closed } = await socketOf(await withCaps({ burst: 5, messagesPerSecond: 1 }));
    say([1, 2, 3, 4, 5, 6].map(me));
    expect(await closed).toMatchObject({ code: 4429 });
  });

  it("is asked to come back elsewhere when the server stops, gets its answers, and is closed with a reason", async () => {
    const { say, until, closed } = await socketOf(await withCaps({}));
    say(events(1));
    await until(answerTo(1));
    say(me(2));
    const stopped = server.stop();
    await until((message) => message === '{"id":null,"method":"reconnect"}');
    await until(answerTo(2));
    expect(await closed).toEqual({ code: 1001, reason: "the server is going away" });
    await stopped;
  });

  it("is counted, with why it was closed", async () => {
    const desk = await withCaps({ burst: 2, messagesPerSecond: 1 });
    const socket = await socketOf(desk);
    socket.say(events(1));
    await socket.until(answerTo(1));
    const now = async () => (await fetch(`${server.url}/metrics`)).text();
    expect(await now()).toMatch(
      /websocket_connections_active 1\n(.*\n)*tessera_subscriptions{topic="live.events"} 1\n/,
    );
    socket.say(me(2));
    await socket.closed;
    const then = await now();
    expect(then).toContain('websocket_disconnects_total{why="too_many_messages"} 1');
    expect(then).toMatch(/websocket_connections_active 0\n(.*\n)*tessera_subscriptions{topic="live.events"} 0\n/);
  });

  it("is closed when one message is too large", async () => {
    const { say, closed } = await socketOf(await withCaps({}));
    say(" ".repeat(16 * 1024 + 1));
    expect(await closed).toMatchObject({ code: 1009 });
  });

  it("may have so many subscriptions, and hears that it may not have more", async () => {
    const { say, until } = await socketOf(await withCaps({ subscriptions: 2 }));
    for (const id of [1, 2, 3]) say(events(id));
    expect(JSON.parse(await until(answerTo(3))).error.data.code).toBe("TOO_MANY_REQUESTS");
    say({ id: 1, method: "subscription.stop" });
    say(events(4));
    expect(await until(answerTo(4))).toContain("started");
  });

  it("may have so many calls under way, and hears that one more is too many", async () => {
    const { say, until } = await socketOf(await withCaps({ callsInFlight: 2 }));
    say([1, 2, 3].map(me));
    expect(JSON.parse(await until(answerTo(3))).error.data.code).toBe("TOO_MANY_REQUESTS");
    expect(await until(answerTo(1))).toContain('"data"');
    say(me(4));
    expect(await until(answerTo(4))).toContain('"data"');
  });

  it("is one of so many of its caller, and no more; another may come when one has gone", async () => {
    const desk = await withCaps({ socketsPerCaller: 2 });
    const [first] = await Promise.all(
      [1, 2].map(async () => {
        const socket = await socketOf(desk);
        socket.say(me(1));
        await socket.until(answerTo(1));
        return socket;
      }),
    );
    const third = await socketOf(desk);
    third.say(me(1));
    expect(await third.closed).toEqual({ code: 4429, reason: "too many sockets of one caller" });

    first?.socket.close();
    await first?.closed;
    const fourth = await socketOf(desk);
    fourth.say(me(1));
    expect(await fourth.until(answerTo(1))).toContain('"data"');
  });

  it("is not opened when there are too many in all, and hears when to come back", async () => {
    const desk = await withCaps({ sockets: 1 });
    await socketOf(desk);
    const headers = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
    };
    const answer = await new Promise<import("node:http").IncomingMessage>((resolve) => {
      request(`${server.url}/trpc`, { headers }).on("response", resolve).end();
    });
    answer.resume();
    expect([answer.statusCode, Number(answer.headers["retry-after"]) > 0]).toEqual([503, true]);
  });

  it("is cut off when it does not answer pings", async () => {
    await withCaps({ pingMs: 20, roundMs: 5 });
    const deaf = await rawSocket(server.url, { autoPong: false });
    expect(await deaf.closed).toMatchObject({ code: 1006 });
  });

  it("stays open when it answers them", async () => {
    await withCaps({ pingMs: 20, roundMs: 5 });
    const { socket } = await socketOf({});
    for (let pings = 0; pings < 5; pings++) await new Promise((resolve) => socket.once("ping", resolve));
    expect(socket.readyState).toBe(socket.OPEN);
  });

  it("is closed when its caller has signed out, and told so", async () => {
    await withCaps({ recheckMs: 20, roundMs: 10 });
    const cookie = await server.cookieOf("member@library.example");
    const { say, until, closed } = await socketOf({ headers: { cookie } });
    say(events(1));
    await until(answerTo(1));
    await fetch(`${server.url}/api/auth/sign-out`, {
      method: "POST",
      headers: { cookie, origin: server.url, "content-type": "application/json" },
      body: "{}",
    });
    expect(await closed).toEqual({ code: 4403, reason: "you are signed out" });
  });

  describe("that is not read", () => {
    /** The server repeats a path that is none, so little effort makes much to read. */
    const wordy = (id: number) => ({ id, method: "query", params: { path: "x".repeat(15_000) } });

    async function fill({ socket, say, closed }: RawSocket): Promise<number> {
      socket.pause();
      let isClosed = false;
      void closed.then(() => {
        isClosed = true;
      });
      const drained = () => new Promise<void>((resolve) => setImmediate(resolve));
      for (let id = 1; id <= 1_500 && !isClosed; id++) {
        say(wordy(id));
        await drained();
      }
      socket.resume(); // so that it hears that it was cut off
      return (await closed).code;
    }

    it("is cut off when too much waits, and others go on undisturbed", async () => {
      const desk = await withCaps({ ...ROOMY, mostBytes: 512 * 1024 });
      const other = await socketOf(desk);
      expect(await fill(await socketOf(desk))).toBe(1006);
      other.say(me(1));
      expect(await other.until(answerTo(1))).toContain('"data"');
    });

    it("is cut off when nothing of what waits was read for long", async () => {
      const desk = await withCaps({ ...ROOMY, mostBytes: 1e9, stalledMs: 200, roundMs: 20 });
      expect(await fill(await socketOf(desk))).toBe(1006);
    });
  });
});
