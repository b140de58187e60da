import type { IncomingMessage } from "node:http";
import { appRouter, type Context, contextOf, traceOf } from "@tessera/api";
import type { Taken } from "@tessera/domain/limits/limiter";
import type { TRPCError } from "@trpc/server";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import type { Express, Request as ExpressRequest, Response as ExpressResponse } from "express";
import type { Logger } from "pino";
import { noteStranger } from "../adapters/strangers.ts";
import type { Deployment } from "../platform.ts";
import { tellsLimit } from "./limit-headers.ts";

/** More calls than this in one request or message are refused before any runs. */
const MOST_IN_BATCH = 10;
const MOST_BYTES = 64 * 1024;
const MOST_FILE_BYTES = 3 * 1024 * 1024;
/**
 * A scan is a code and a few words, and the hottest way in: whoever sends more sends something else. An import is a whole file;
 * the door leaves it to the adapter when it is long.
 */
const MOST_BYTES_OF: ReadonlyMap<string, number> = new Map([
  ["qr.redeem", 16 * 1024],
  ["resource.checkImport", MOST_FILE_BYTES],
  ["resource.import", MOST_FILE_BYTES],
]);

/** @returns How many bytes the body of a call may have to go the short way. Calls of a batch share what a usual one may. */
export const mostBytesOf = (path: string): number => Math.min(MOST_BYTES_OF.get(path) ?? MOST_BYTES, MOST_BYTES);

/** Faults of ours are written down where they surface; what a caller did wrong is told to the caller only. */
export const logFaults =
  (log: Logger) =>
  ({ error, path }: { error: TRPCError; path: string | undefined }) => {
    const { code, cause = error } = error;
    if (code === "INTERNAL_SERVER_ERROR") log.error({ err: cause, path, trace: traceOf(error) }, "a call failed");
    if (code === "SERVICE_UNAVAILABLE")
      log.warn({ err: cause, path, trace: traceOf(error) }, "a call found no service");
  };

/** @returns What a call over HTTP comes with; `tellLimit` hears what is left of the caller's allowance. */
export const contextFor =
  ({ platform, callers, addressOf }: Deployment) =>
  (request: IncomingMessage, tellLimit: (taken: Taken) => void): Context => {
    const { headers } = request;
    const key = headers["idempotency-key"];
    const address = addressOf(request);
    return contextOf({
      platform,
      async recognise() {
        const caller = await callers.recognise(headers);
        if (!caller) noteStranger(platform, headers, address);
        return caller;
      },
      person: () => callers.person(headers),
      idempotencyKey: typeof key === "string" ? key : null,
      address,
      tellLimit,
    });
  };

/** Calls over HTTP. */
export function mountTrpc(app: Express, deployment: Deployment): void {
  const context = contextFor(deployment);
  const { log } = deployment;
  const options = {
    router: appRouter,
    createContext: ({ req, res }: { req: ExpressRequest; res: ExpressResponse }) => context(req, tellsLimit(res)),
    maxBatchSize: MOST_IN_BATCH,
    onError: logFaults(log),
  };
  const upTo = (maxBodySize: number) => createExpressMiddleware({ ...options, maxBodySize });
  const usual = upTo(MOST_BYTES);
  const others = new Map([...MOST_BYTES_OF].map(([path, most]) => [path, upTo(most)]));
  app.use("/trpc", (request, response, next) => {
    const path = request.path.slice(request.path.lastIndexOf("/") + 1); // as the adapter reads it
    return (others.get(path) ?? usual)(request, response, next);
  });
}
