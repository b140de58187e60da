import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { BLOCKED, type Caller, calls } from "@tessera/api";
import { type WebSocket, WebSocketServer } from "ws";
import type { Ending } from "../metrics/sockets.ts";
import type { Deployment } from "../platform.ts";
import { adapterOpener } from "./adapter.ts";
import { Allowance } from "./allowance.ts";
import { Front } from "./front.ts";
import { openHub } from "./hub.ts";
import { LIMITS, type SocketLimits } from "./limits.ts";
import { Line } from "./line.ts";
import { lookAfter, type Watched, watched } from "./round.ts";
import { callerCount, Session } from "./session.ts";
import { answerNo, type No, notNow, refusalOf } from "./upgrade.ts";

/** How long a client may take to answer that we are closing. */
const GOODBYE_MS = 2_000;
/** How long a stop waits for calls that are under way, and how often it looks. */
const ANSWERS_MS = 10_000;
const LOOK_MS = 20;
const SLICES = 20;
const COME_BACK = '{"id":null,"method":"reconnect"}';

interface Open {
  line: Line;
  front: Front;
  watch: Watched;
}

/**
 * Sockets on `/trpc` of the same port. Anything else that asks for an upgrade is told no and closed.
 *
 * @param given What differs from `LIMITS`.
 * @returns Tells the clients to come back later and closes.
 */
export function attachSockets(
  server: Server,
  { platform, callers, metrics, log, addressOf, onlyHttps }: Deployment,
  given: Partial<SocketLimits> = {},
): () => Promise<void> {
  const limits = { ...LIMITS, ...given };
  const open = new Set<Open>();
  const work = { calls: 0 };
  let isDraining = false;
  const upgrades = new Allowance(limits.upgradesPerSecond, limits.upgradesAtOnce, performance.now());
  const count = callerCount(limits.socketsPerCaller);
  const openAdapter = adapterOpener(limits.batch, log);
  const hub = openHub({
    platform,
    gatherMs: limits.gatherMs,
    counts: metrics.sockets,
    onRights: callers.forget,
    onTrouble: (cause) => log.error({ err: cause }, "a journal could not be read for subscribers; it is tried again"),
  });
  const wss = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: limits.messageBytes,
    maxFragments: limits.fragments,
    maxBufferedChunks: limits.chunks,
    perMessageDeflate: false,
  });
  const round = setInterval(() => {
    const now = performance.now();
    for (const { watch } of open) lookAfter(watch, now, limits);
  }, limits.roundMs);

  function connect(client: WebSocket, socket: Duplex, request: IncomingMessage): void {
    const line = new Line({ client, socket: socket as Socket, request, address: addressOf(request), limits });
    const recheck = () =>
      void session.recheck().catch((cause) => log.error({ err: cause }, "a caller could not be looked up"));
    const attend = (caller: Caller) => hub.attend(caller, recheck);
    const session: Session = new Session({ line, platform, callers, count, attend });
    const front = new Front(line, session, { calls, hub, openAdapter, limits, work, log });
    const watch = watched({ line, recheck, isIntroduced: () => front.isIntroduced }, performance.now(), limits);
    const one: Open = { line, front, watch };
    open.add(one);
    metrics.sockets.opened();

    client.on("message", (raw, isBinary) => {
      one.watch.pings = 0;
      front.hear(raw as Buffer, isBinary); // a Buffer, as long as nobody sets another `binaryType`
    });
    client.on("pong", () => {
      one.watch.pings = 0;
    });
    let ending: Ending = "by_client";
    client.on("error", (error) => {
      ending = endingOf(error); // `close` follows
    });
    client.once("close", () => {
      open.delete(one);
      metrics.sockets.closed(line.why ?? ending);
      front.end();
      session.end();
    });
  }

  function refusalOfAddress(request: IncomingMessage): No | null {
    const blocker = platform.security.blockedBy(addressOf(request), null);
    return blocker && { status: 403, say: BLOCKED[blocker] };
  }

  function refusalNow(): No | null {
    if (isDraining) return notNow("This server is going away.");
    if (open.size >= limits.sockets) return notNow("There are too many sockets here.");
    return upgrades.takes(1, performance.now()) ? null : notNow("Too many come at once.");
  }

  server.on("upgrade", (request, socket, head) => {
    socket.on("error", hangUp); // whoever is told no may hang up before hearing it
    const no = refusalOf(request, onlyHttps) ?? refusalOfAddress(request) ?? refusalNow();
    if (no) answerNo(socket, no);
    else wss.handleUpgrade(request, socket, head, (client) => connect(client, socket, request));
  });

  return async () => {
    isDraining = true;
    await sendAway([...open], limits.drainMs);
    clearInterval(round);
    await allAnswered(work);
    for (const { line } of open) line.close("going_away");
    const late = setTimeout(() => {
      for (const { line } of open) line.client.terminate(); // it does not answer, and nobody waits for it
    }, GOODBYE_MS);
    await Promise.all([...open].map(({ line }) => new Promise<void>((resolve) => line.client.once("close", resolve))));
    clearTimeout(late);
    hub.close();
  };
}

/** @param error Of the `ws` library, or of the connection under it. */
function endingOf(error: Error & { code?: string }): Ending {
  if (!error.code?.startsWith("WS_ERR")) return "by_client";
  return error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH" ? "too_large" : "malformed";
}

/** Not made in the handler: it lives as long as the socket, and would keep the request with it. */
function hangUp(this: Duplex): void {
  this.destroy();
}

/** Asks the clients to go to another server, some at a time and in no order: all at once would be a storm there. */
async function sendAway(all: readonly Open[], ms: number): Promise<void> {
  const perSlice = Math.ceil(all.length / SLICES);
  const shuffled = all.map((one) => ({ one, at: Math.random() })).sort((a, b) => a.at - b.at);
  for (let from = 0; from < all.length; from += perSlice) {
    for (const { one } of shuffled.slice(from, from + perSlice)) one.line.say(COME_BACK);
    await after((ms / SLICES) * (0.5 + Math.random()));
  }
}

/** Calls under way get their answer, unless they take too long. */
async function allAnswered(work: { calls: number }): Promise<void> {
  const until = performance.now() + ANSWERS_MS;
  while (work.calls > 0 && performance.now() < until) await after(LOOK_MS);
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
