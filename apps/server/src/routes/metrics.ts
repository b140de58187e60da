import type { Express, Request } from "express";
import type { Metrics } from "../metrics/metrics.ts";
import { hasToken } from "./bearer.ts";

/**
 * `/metrics`: numbers for Prometheus. With a token, whoever sends it (`Authorization: Bearer …`) is answered. Without
 * one, only a program on this very machine that asks us directly: behind a proxy every stranger looks like the proxy, and
 * in a container's network like the network's gate, so a private address alone proves nothing.
 *
 * @param token Of the deployment, null when there is none.
 */
export function mountMetrics(app: Express, metrics: Metrics, token: string | null): void {
  app.get("/metrics", async (request, response) => {
    if (!(token ? hasToken(request.headers, token) : isFromHere(request))) {
      response
        .status(403)
        .json({ message: "Metrics are told to this machine, or to who sends TESSERA_METRICS_TOKEN." });
      return;
    }
    const { type, body } = await metrics.text();
    response.setHeader("cache-control", "no-store").type(type).send(body);
  });
}

const LOOPBACK = /^(?:::1|(?:::ffff:)?127(?:\.\d{1,3}){3})$/;
/** What a proxy adds. Any of them means that somebody stands between. */
const PASSED_ON = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

const isFromHere = ({ socket, headers }: Request): boolean =>
  LOOPBACK.test(socket.remoteAddress ?? "") && !PASSED_ON.some((name) => name in headers);
