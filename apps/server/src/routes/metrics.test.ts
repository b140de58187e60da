import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import type { RedemptionOutcome } from "@tessera/contracts";
import express from "express";
import { afterEach, describe, expect, it } from "vitest";
import { openMetrics } from "../metrics/metrics.ts";
import { mountMetrics } from "./metrics.ts";

const calm = async () => ({ waiting: 0, lagSeconds: 0 });
const TOKEN = "a-token-for-metrics";
const elsewhere = Object.values(networkInterfaces())
  .flat()
  .find((address) => address && !address.internal && address.family === "IPv4")?.address;

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
});

async function served(token: string | null, metrics = openMetrics(calm)) {
  const app = express();
  mountMetrics(app, metrics, token);
  server = createServer(app).listen(0);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return (headers: Record<string, string> = {}, host = "127.0.0.1") =>
    fetch(`http://${host}:${port}/metrics`, { headers });
}

const redeemed = (more: object = {}) =>
  ({ kind: "redeemed", replayed: false, purpose: "check_out", ...more }) as RedemptionOutcome;
const refused = (reason: string, replayed = false) =>
  ({ kind: "refused", replayed, refusal: { reason } }) as RedemptionOutcome;

describe("who is told the metrics", () => {
  it("is a program on this machine, when there is no token", async () => {
    const ask = await served(null);
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  });

  it.each(["x-forwarded-for", "forwarded", "via", "x-real-ip"])(
    "is nobody who comes through a proxy, which %s gives away",
    async (header) => {
      const ask = await served(null);
      expect((await ask({ [header]: "127.0.0.1" })).status).toBe(403);
    },
  );

  it.runIf(elsewhere)("is nobody from another address", async () => {
    const ask = await served(null);
    expect((await ask({}, elsewhere)).status).toBe(403);
  });

  it("is whoever sends the token, from anywhere, and then nobody else", async () => {
    const ask = await served(TOKEN);
    expect((await ask({ authorization: `Bearer ${TOKEN}`, "x-forwarded-for": "203.0.113.9" })).status).toBe(200);
    for (const authorization of ["", "Bearer ", `Bearer ${TOKEN}x`, TOKEN]) {
      expect((await ask(authorization ? { authorization } : {})).status).toBe(403);
    }
  });
});

describe("what the metrics tell", () => {
  const bodyOf = async (metrics: ReturnType<typeof openMetrics>) => (await metrics.text()).body;

  it("is how scans end, by the documented names", async () => {
    const metrics = openMetrics(async () => ({ waiting: 3, lagSeconds: 7.5 }));
    metrics.scanDecided(redeemed(), 40);
    metrics.scanDecided(redeemed({ purpose: "check_in" }), 40);
    metrics.scanDecided(refused("already_redeemed"), 600);
    metrics.scanDecided({ kind: "failed", failure: "busy" }, 5_000);
    metrics.lockDegraded();
    metrics.invariantsChecked([{ invariant: "I6", violations: 2 }]);

    const lines = (await bodyOf(metrics)).split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        'qr_scans_total{outcome="redeemed"} 2',
        'qr_scans_total{outcome="refused"} 1',
        'qr_scans_total{outcome="failed"} 1',
        "qr_scans_success 2",
        'qr_scans_failed{reason="already_redeemed"} 1',
        'qr_scans_failed{reason="busy"} 1',
        "qr_lock_degraded_total 1",
        'qr_validation_latency_bucket{le="0.5"} 2',
        "qr_validation_latency_count 4",
        "qr_checkout_duration_count 1",
        'tessera_invariant_violations{invariant="I1"} 0',
        'tessera_invariant_violations{invariant="I6"} 2',
        "tessera_outbox_waiting 3",
        "tessera_relay_lag_seconds 7.5",
      ]),
    );
    expect(lines.some((line) => line.startsWith("tessera_process_resident_memory_bytes "))).toBe(true);
  });

  it("is how many sockets there are, came and went, and how late a change of availability was told", async () => {
    const { sockets, ...metrics } = openMetrics(calm);
    for (let number = 0; number < 3; number++) sockets.opened();
    sockets.closed("signed_out");
    sockets.wrote("live.availability", 2, 120);
    sockets.wrote("live.availability", 2, -5); // the database's clock is ahead
    sockets.wrote("live.availability", 2, null); // in place of many
    sockets.wrote("live.events", 2, 120);

    const lines = (await bodyOf({ sockets, ...metrics })).split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        "websocket_connections_active 2",
        "websocket_connections_total 3",
        'websocket_disconnects_total{why="signed_out"} 1',
        'websocket_disconnects_total{why="by_client"} 0',
        'availability_update_latency_bucket{le="0.01"} 1',
        'availability_update_latency_bucket{le="0.15"} 2',
        "availability_update_latency_count 2",
        'tessera_news_write_seconds_count{topic="live.events"} 1',
      ]),
    );
  });

  it("counts an answer once, however often it is repeated", async () => {
    const metrics = openMetrics(calm);
    metrics.scanDecided(redeemed(), 40);
    metrics.scanDecided(redeemed({ replayed: true }), 40);
    metrics.scanDecided(refused("expired", true), 40);
    expect(await bodyOf(metrics)).toContain("qr_validation_latency_count 1\n");
  });

  it("makes no label out of what a caller says", async () => {
    const metrics = openMetrics(calm);
    for (let number = 0; number < 50; number++) metrics.scanDecided(refused(`made up "${number}"\n`), 1);
    const reasons = (await bodyOf(metrics)).split("\n").filter((line) => line.startsWith("qr_scans_failed{"));
    expect(reasons).toEqual(['qr_scans_failed{reason="other"} 50']);
  });

  it("says that nobody knows how far the relay is while the database is away, and tells the rest", async () => {
    const metrics = openMetrics(() => Promise.reject(new Error("away")));
    metrics.scanDecided(redeemed(), 40);
    const body = await bodyOf(metrics);
    expect(body).toContain("tessera_relay_lag_seconds Nan\n");
    expect(body).toContain("qr_scans_success 1\n");
  });
});
