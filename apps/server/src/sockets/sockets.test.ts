import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { openMetrics } from "../metrics/metrics.ts";
import type { Deployment } from "../platform.ts";
import type { SocketLimits } from "./limits.ts";
import { attachSockets } from "./sockets.ts";

const HEADERS = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
};
/** RFC 6455, section 5.2, as a client sends it: masked, with a mask of zeros, so that the text stays readable. */
const MASK = Buffer.alloc(4);
const head = (first: number, length: number) => Buffer.concat([Buffer.from([first, 0x80 | length]), MASK]);
const TEXT = 0x81;
const BEGIN = 0x01; // a text that goes on
const MORE = 0x00;
const ODD = 0x83; // a kind of frame there is none of

/** The metrics of sockets, and nobody who could be somebody. */
const deployment = () =>
  ({
    metrics: openMetrics(async () => ({ waiting: 0, lagSeconds: 0 })),
    callers: { recognise: async () => null, forget() {} },
    log: pino({ level: "silent" }),
    platform: { security: { blockedBy: () => null } },
    addressOf: () => "203.0.113.7",
    onlyHttps: false,
  }) as unknown as Deployment;

describe("a socket whose client does not keep to the protocol", () => {
  let server: Server;
  let close: () => Promise<void>;
  let metrics: Deployment["metrics"];
  const open: Socket[] = [];
  afterEach(async () => {
    for (const socket of open.splice(0)) socket.destroy();
    await close();
    server.close();
  });

  async function served(limits: Partial<SocketLimits> = {}): Promise<void> {
    const stub = deployment();
    metrics = stub.metrics;
    server = createServer().listen(0);
    close = attachSockets(server, stub, { drainMs: 0, roundMs: 5, ...limits });
    await once(server, "listening");
  }
  const port = () => (server.address() as AddressInfo).port;

  /** A bare connection on which the upgrade was done. */
  async function wire(path = "/trpc"): Promise<Socket> {
    const asking = request({ port: port(), path, headers: HEADERS }).end();
    const [, socket] = (await once(asking, "upgrade")) as [IncomingMessage, Socket];
    open.push(socket);
    return socket;
  }
  /** @returns The code of the close that comes, or null when the connection ends without one. */
  async function closeOf(socket: Socket): Promise<number | null> {
    const heard: Buffer[] = [];
    const code = () => {
      const all = Buffer.concat(heard);
      const at = all.indexOf(0x88);
      return at >= 0 && all.length >= at + 4 ? all.readUInt16BE(at + 2) : null;
    };
    socket.on("data", (part: Buffer) => heard.push(part));
    const ended = once(socket, "close").then(() => code());
    const told = new Promise<number>((resolve) => {
      socket.on("data", () => {
        const known = code();
        if (known !== null) resolve(known);
      });
    });
    return Promise.race([told, ended]);
  }
  /** @returns What is counted, once something is. */
  async function endedWhy(): Promise<Array<string | undefined>> {
    const endings = async () => {
      const { body } = await metrics.text();
      return [...body.matchAll(/websocket_disconnects_total{why="(\w+)"} 1/g)].map(([, why]) => why);
    };
    await expect.poll(endings).not.toEqual([]);
    return endings();
  }

  it.each<[string, number, (socket: Socket) => void]>([
    [
      "says that a hundred megabytes will follow",
      1009,
      (socket) => {
        const size = Buffer.alloc(8);
        size.writeBigUInt64BE(100n * 1024n * 1024n);
        socket.write(Buffer.concat([Buffer.from([TEXT, 0xff]), size, MASK, Buffer.alloc(1_000)]));
      },
    ],
    [
      "cuts a message into a thousand pieces",
      1008,
      (socket) => {
        socket.write(Buffer.concat([head(BEGIN, 1), Buffer.from("[")]));
        for (let piece = 0; piece < 1_000; piece++) socket.write(Buffer.concat([head(MORE, 1), Buffer.from(" ")]));
      },
    ],
    ["sends frames of a kind there is none of", 1002, (socket) => socket.write(Buffer.concat([head(ODD, 1), MASK]))],
    ["does not mask what it sends", 1002, (socket) => socket.write(Buffer.from([TEXT, 2, 0x7b, 0x7d]))],
    [
      "sends what is no text",
      1007,
      (socket) => socket.write(Buffer.concat([head(TEXT, 2), Buffer.from([0xff, 0xfe])])),
    ],
  ])("is closed when it %s", async (_what, code, send) => {
    await served();
    const socket = await wire();
    const closed = closeOf(socket);
    send(socket);
    expect(await closed).toBe(code);
    socket.destroy();
    const why = code === 1009 ? "too_large" : "malformed";
    expect(await endedWhy()).toEqual([why]);
  });

  it("is cut off when it sends half a frame and then nothing, not even an answer to pings", async () => {
    await served({ pingMs: 10 });
    const socket = await wire();
    socket.write(Buffer.concat([head(TEXT, 100), Buffer.from("{")]));
    expect(await closeOf(socket)).toBeNull();
    expect(await endedWhy()).toEqual(["silent"]);
  });

  it("is closed when it announced that it would say who it is, and says nothing", async () => {
    await served({ introduceMs: 20 });
    expect(await closeOf(await wire("/trpc?connectionParams=1"))).toBe(4401);
  });

  it("stays when it announced nothing and says nothing: so does an ordinary client that waits for its first call", async () => {
    await served({ introduceMs: 0, pingMs: 10 });
    const socket = await wire();
    for (let pings = 0; pings < 2; pings++) {
      await once(socket, "data");
      socket.write(head(0x8a, 0)); // a pong
    }
    expect(socket.readyState).toBe("open");
  });

  it("is not opened when too many come at once, and hears when to come back, not all at the same time", async () => {
    await served({ upgradesAtOnce: 5, upgradesPerSecond: 0.001 });
    const answers = await Promise.all(
      Array.from(
        { length: 100 },
        () =>
          new Promise<string>((resolve) => {
            const asking = connect(port(), "127.0.0.1", () => {
              const lines = Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}\r\n`);
              asking.write(`GET /trpc HTTP/1.1\r\nhost: localhost\r\n${lines.join("")}\r\n`);
            }).once("data", (answer) => resolve(answer.toString()));
            open.push(asking);
          }),
      ),
    );
    expect(answers.filter((answer) => answer.startsWith("HTTP/1.1 101"))).toHaveLength(5);
    const refused = answers.filter((answer) => answer.startsWith("HTTP/1.1 503"));
    expect(refused).toHaveLength(95);
    const waits = refused.map((answer) => Number(answer.match(/retry-after: (\d+)/)?.[1]));
    expect(waits.every((seconds) => seconds >= 1 && seconds <= 10)).toBe(true);
    expect(new Set(waits).size).toBeGreaterThan(3);
    expect(refused[0]).toContain("Too many come at once.");
  });
});
