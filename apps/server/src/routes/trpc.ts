import type { IncomingMessage } from "node:http";
import { appRouter, type Context } from "@tessera/api";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import type { Express, Request as ExpressRequest } from "express";
import type { WebSocketServer } from "ws";
import { headersOf } from "../adapters/headers.ts";
import { sameSite } from "../adapters/same-site.ts";
import type { Deployment } from "../platform.ts";

/** More calls than this in one request or message are refused before any runs. */
const MOST_IN_BATCH = 10;

/** Calls over HTTP. */
export function mountTrpc(app: Express, { platform, callers }: Deployment): void {
  const createContext = async ({ req }: { req: ExpressRequest }): Promise<Context> => ({
    platform,
    caller: await callers.recognise(headersOf(req)),
  });

  app.use("/trpc", (request, response, next) => {
    if (sameSite(headersOf(request))) return next();
    response.status(403).json({ error: { message: "This call came from a page of another site." } });
  });
  app.use("/trpc", createExpressMiddleware({ router: appRouter, createContext, maxBatchSize: MOST_IN_BATCH }));
}

/** Subscriptions, and calls too, over sockets. */
export function serveSockets(wss: WebSocketServer, { platform, callers }: Deployment) {
  return applyWSSHandler({
    wss,
    router: appRouter,
    keepAlive: { enabled: true, pingMs: 25_000, pongWaitMs: 5_000 },
    maxBatchSize: MOST_IN_BATCH,
    createContext: async ({ req, info }): Promise<Context> => ({
      platform,
      caller: await callers.recognise(headersOf(req as IncomingMessage), info.connectionParams?.token ?? null),
    }),
  });
}
