import type { AppRouter } from "@tessera/api/router";
import {
  type LiveTopic,
  liveTopics,
  type Resume,
  resumePoint,
  type ToldSince,
  type TopicSince,
} from "@tessera/contracts";
import type { Operation, TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { STABLE_MS } from "./back-off.ts";
import { type Envelope, type Failure, Listener, type OverSocket } from "./listener.ts";
import type { Page } from "./page.ts";
import { openPoller } from "./poller.ts";
import type { Timing } from "./timing.ts";

/** A network that lets no socket through is known by three failed tries, or by none that got anywhere in this time. */
const MOST_FAILURES = 3;
const PATIENCE_MS = 6_000;
/** Where a socket has held for a minute, its server is more likely to be away than the way to it: all would poll at once. */
const TRUSTING_PATIENCE_MS = 15_000;

export interface LiveOptions {
  /** wsLink. */
  overSocket: TRPCLink<AppRouter>;
  /** `live.since`, over HTTP. */
  ask(asked: TopicSince[], signal: AbortSignal): Promise<ToldSince[]>;
  timing: Timing;
  page: Page;
  /** How news arrives from now on. */
  onState(state: "connecting" | "live" | "polling" | "offline"): void;
}

/** Subscriptions of one connection: over its socket while that works, else by polling. */
export interface Live {
  /** For subscriptions alone. */
  link: TRPCLink<AppRouter>;
  /** A socket has opened: the first, or one in place of one that was lost. */
  socketOpened(): void;
  /** There is no socket any more, or one that was tried did not open. */
  socketLost(): void;
  /** The network is said to be there again. */
  hurry(): void;
  close(): void;
}

/**
 * The subscriptions of a connection. The socket is tried for as long as there are any; while it tells nothing they are polled,
 * and each goes back to it by itself, from where it is, as soon as the socket has taken it (docs/decisions/0018).
 *
 * @param options What it speaks over, and whom it tells.
 */
export function openLive({ overSocket, ask, timing, page, onState }: LiveOptions): Live {
  const listeners = new Set<Listener>();
  let isPolling = false;
  let failures = 0;
  /** When the socket began to tell all of them; null while it does not. */
  let toldSince: number | null = null;
  let isTrusted = false;
  let wasLive = false;
  let patience: (() => void) | null = null;

  const waiting = () => [...listeners].filter(({ isOnSocket }) => !isOnSocket);
  const poller = openPoller({
    whom: () => (isPolling ? waiting() : []),
    ask,
    timing,
    page,
    onAnswer: () => onState("polling"),
    onTrouble: () => onState("offline"),
  });

  function stopWaiting(): void {
    patience?.();
    patience = null;
  }

  /** Somebody is told nothing by the socket: it is waited for, for a while. */
  function waitOrPoll(): void {
    if (waiting().length === 0) return;
    const isClear = !isTrusted && failures >= MOST_FAILURES;
    const ms = (isTrusted ? TRUSTING_PATIENCE_MS : PATIENCE_MS) * (0.75 + timing.random() / 2);
    if (isPolling || isClear) poll();
    else patience ??= timing.after(ms, poll);
  }

  function poll(): void {
    stopWaiting();
    isPolling = true;
    poller.soon();
  }

  /** Nobody waits any more: the socket tells all of them, or there is none left. */
  function settle(): void {
    if (waiting().length > 0) return;
    stopWaiting();
    poller.rest();
    if (listeners.size === 0) return;
    isPolling = false;
    wasLive = true;
    toldSince ??= timing.now();
    onState("live");
  }

  function leave(listener: Listener): void {
    if (listeners.delete(listener)) settle();
  }

  function subscribe(topic: LiveTopic, from: string | null, over: OverSocket) {
    return observable<Envelope, Failure>((subscriber) => {
      const listener: Listener = new Listener({
        topic,
        from,
        subscriber,
        overSocket: over,
        onSocket: settle,
        onEnd: () => leave(listener),
      });
      listeners.add(listener);
      listener.join();
      waitOrPoll();
      return () => {
        listener.stop();
        leave(listener);
      };
    });
  }

  return {
    link: (runtime) => {
      const send = overSocket(runtime);
      return ({ op, next }) => {
        const topic = topicOf(op);
        const from = resumePoint(op.input);
        if (!topic || from === undefined) return send({ op, next }); // the server knows what to say to it
        const over: OverSocket = (lastEventId) => send({ op: lastEventId ? resumed(op, lastEventId) : op, next });
        return subscribe(topic, from, over);
      };
    },

    socketOpened() {
      for (const listener of listeners) listener.socketOpened();
      if (!isPolling) onState("live");
    },

    socketLost() {
      for (const listener of listeners) listener.socketLost();
      if (toldSince !== null) {
        isTrusted = timing.now() - toldSince >= STABLE_MS;
        if (isTrusted) failures = 0;
        toldSince = null;
      }
      if (listeners.size === 0) return onState("connecting"); // closed because nobody listens
      failures++;
      if (isPolling) return; // the next question is about these too
      onState(wasLive ? "offline" : "connecting");
      waitOrPoll();
    },

    hurry() {
      if (isPolling) poller.soon();
    },

    close() {
      stopWaiting();
      poller.close();
    },
  };
}

const topicOf = ({ path }: Operation): LiveTopic | undefined => liveTopics.find((topic) => path === `live.${topic}`);

const resumed = (op: Operation, lastEventId: string): Operation => ({
  ...op,
  input: { ...(op.input as Resume | undefined), lastEventId },
});
