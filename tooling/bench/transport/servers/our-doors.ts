// Our own doors, over the same tiny router that tRPC's adapters have: the same work, without sign-in and database.
import type { Socket } from "node:net";
import { callsOf, contextOf, type Platform } from "@tessera/api";
import { pino } from "pino";
import { WebSocketServer } from "ws";
import { httpDoor } from "../../../../apps/server/src/doors/http-door.ts";
import { Front } from "../../../../apps/server/src/sockets/front.ts";
import { LIMITS } from "../../../../apps/server/src/sockets/limits.ts";
import { Line } from "../../../../apps/server/src/sockets/line.ts";
import { callerCount, Session } from "../../../../apps/server/src/sockets/session.ts";
import { listen } from "./listen.ts";
import { tinyRouter } from "./tiny-router.ts";

const calls = callsOf(tinyRouter);
const log = pino({ level: "fatal" });
const limits = { ...LIMITS, messagesPerSecond: Number.MAX_SAFE_INTEGER, burst: Number.MAX_SAFE_INTEGER };
// The tiny procedure looks at none of this; the doors hand it through as they do in the product.
const nobody = { recognise: async () => null, person: async () => null, forget() {}, forgetPeople() {} };
const platform = {} as Platform;
const attend = () => () => {};
const hub = { join() {}, leave() {}, attend, close() {} };

const takes = httpDoor({
  calls,
  contextFor: () => contextOf({ platform, ...nobody, address: "" }),
  log,
  headers: [],
  onlyHttps: false,
});
const server = listen((request, response) => {
  if (!takes(request, response)) response.writeHead(404).end();
});

const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false });
server.on("upgrade", (request, socket, head) =>
  wss.handleUpgrade(request, socket, head, (client) => {
    const line = new Line({ client, socket: socket as Socket, request, address: "", limits });
    const session = new Session({
      line,
      platform,
      callers: nobody,
      count: callerCount(limits.socketsPerCaller),
      attend,
    });
    const openAdapter = () => {
      throw new Error("nothing unusual is asked for here");
    };
    const front = new Front(line, session, { calls, hub, openAdapter, limits, work: { calls: 0 }, log });
    client.on("message", (raw, isBinary) => front.hear(raw as Buffer, isBinary));
  }),
);
