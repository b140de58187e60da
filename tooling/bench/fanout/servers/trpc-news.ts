// As tRPC's documents show it: a generator for each subscriber, over the events of an emitter.
import { EventEmitter, on } from "node:events";
import { initTRPC, tracked } from "@trpc/server";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { WebSocketServer } from "ws";
import { z } from "zod";
import { type NewsEvent, newsServer } from "./news-server.ts";

const emitter = new EventEmitter().setMaxListeners(0);
const t = initTRPC.create();
const router = t.router({
  news: t.procedure.input(z.object({ lastEventId: z.string().nullish() }).optional()).subscription(async function* ({
    signal,
  }) {
    for await (const [event] of on(emitter, "news", { signal: signal as AbortSignal })) {
      yield tracked(String((event as NewsEvent).seq), event as NewsEvent);
    }
  }),
});

const server = newsServer((event) => void emitter.emit("news", event));
applyWSSHandler({ wss: new WebSocketServer({ server, perMessageDeflate: false }), router });
