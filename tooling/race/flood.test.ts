import { connect, type Socket } from "node:net";
import { tellFigure } from "@tessera/vitest/figure";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type ApiProcess, startApi } from "./src/api-process.ts";
import { type DemoPeople, demoPeople } from "./src/demo-people.ts";

const HALF_REQUESTS = 2_000;
const UPGRADES_PER_MINUTE = 10_000;
const SAMPLES = 400;
/** Others work on the machine too: the least disturbed of some windows counts, of the quiet ones and of the flooded ones. */
const WINDOWS = 3;

describe("a server that is flooded", () => {
  let api: ApiProcess;
  let people: DemoPeople;
  beforeAll(async () => {
    api = await startApi({ TESSERA_RATE_LIMITS: "off" });
    people = await demoPeople(api.url);
  });
  afterAll(() => api?.stop());

  /** How long the slowest hundredth of calls of somebody who is signed in takes, milliseconds. */
  async function p99(): Promise<number> {
    const taken: number[] = [];
    for (let call = 0; call < SAMPLES; call++) {
      const began = performance.now();
      await people.member.api.account.me.query();
      taken.push(performance.now() - began);
    }
    return taken.toSorted((a, b) => a - b)[Math.floor(SAMPLES * 0.99)] ?? 0;
  }

  it("serves who is signed in beside two thousand half requests and ten thousand upgrades a minute, and throws nobody out", async ({
    task,
  }) => {
    await p99(); // until everything is warm
    const quiet = await leastOf(WINDOWS, p99);

    const { port, hostname } = new URL(api.url);
    const mine = new WebSocket(`${api.url.replace("http", "ws")}/trpc`, { headers: { cookie: people.cookie } });
    await new Promise((resolve) => mine.once("open", resolve));
    let wasClosed = false;
    mine.once("close", () => {
      wasClosed = true;
    });

    const half: Socket[] = [];
    for (let request = 0; request < HALF_REQUESTS; request++) {
      const socket = connect(Number(port), hostname, () =>
        socket.write("GET /trpc/account.me HTTP/1.1\r\nHost: x\r\nX-Slow: "),
      );
      socket.on("error", () => {});
      half.push(socket);
    }
    let [asked, opened] = [0, 0];
    const every = setInterval(() => {
      for (let one = 0; one < UPGRADES_PER_MINUTE / 60 / 20; one++) {
        asked++;
        const socket = new WebSocket(`${api.url.replace("http", "ws")}/trpc`);
        socket.on("error", () => {});
        socket.once("open", () => {
          opened++;
          socket.terminate();
        });
      }
    }, 50);
    const flooded = await leastOf(WINDOWS, p99);
    clearInterval(every);

    const ratio = flooded / quiet;
    tellFigure(task, `p99 ${ratio.toFixed(2)} times the quiet one; ${half.length} half requests, ${asked} upgrades`);
    expect(asked).toBeGreaterThan(100);
    expect(opened).toBeGreaterThan(0);
    expect(wasClosed).toBe(false);
    expect(mine.readyState).toBe(WebSocket.OPEN);
    expect(ratio).toBeLessThan(2);
    mine.terminate();
    for (const socket of half) socket.destroy();
  });

  it("hangs up on who sends half a request and then nothing", async () => {
    const { port, hostname } = new URL(api.url);
    const began = performance.now();
    const answer = await new Promise<string>((resolve) => {
      let heard = "";
      const socket = connect(Number(port), hostname, () => socket.write("GET / HTTP/1.1\r\nHost: x\r\n"));
      socket.on("data", (data) => {
        heard += data;
      });
      socket.once("close", () => resolve(heard));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

async function leastOf(times: number, measure: () => Promise<number>): Promise<number> {
  const measured: number[] = [];
  for (let window = 0; window < times; window++) measured.push(await measure());
  return Math.min(...measured);
}
