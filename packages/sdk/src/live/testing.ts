import type { AppRouter } from "@tessera/api/router";
import type { ToldSince, TopicSince } from "@tessera/contracts";
import { type Operation, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { Subscriber } from "./listener.ts";
import { openLive } from "./live-link.ts";
import type { Timing } from "./timing.ts";

/** A clock that a test drives, and chance that is no chance. */
export function drivenTiming(random: () => number = () => 0.5) {
  let at = 0;
  let timers: Array<{ at: number; work: () => void }> = [];
  const timing: Timing = {
    now: () => at,
    random,
    after(ms, work) {
      const timer = { at: at + ms, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  const settled = async () => {
    for (let turn = 0; turn < 12; turn++) await Promise.resolve();
  };

  return {
    timing,
    planned: () => timers.length,
    /** Lets time go by, and all that is due in it happen. */
    async pass(ms: number) {
      const until = at + ms;
      for (;;) {
        await settled();
        const [next] = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers = timers.filter((timer) => timer !== next);
        at = next.at;
        next.work();
      }
      at = until;
    },
  };
}

interface Socket {
  /** How long everything takes on it, one way. */
  ms: number;
}

interface Subscription {
  op: Operation;
  subscriber: Subscriber;
  /** The last it was told over a socket: what a client of tRPC sends when it comes back. */
  lastEventId: string | null;
  /** How far the server has told it over this socket; null: the server does not know of it. */
  told: number | null;
}

export interface WorldOptions {
  random?: () => number;
  /** How long a way takes, for each new socket and each question. */
  travelMs?: () => number;
}

/**
 * A server in which numbered things happen, and a client of tRPC with its socket, as far as subscriptions notice. What is on
 * its way over a socket that is lost is lost with it.
 */
export function world({ random, travelMs = () => 0 }: WorldOptions = {}) {
  const { timing, pass, planned } = drivenTiming(random);
  const states: string[] = [];
  const questions: TopicSince[][] = [];
  const server = {
    answers: "well" as "well" | "badly" | "never" | "no",
    isMute: false,
    happened: 0,
    toldOverSocket: 0,
  };
  const page = { isHidden: false, show: () => {} };
  let subscriptions: Subscription[] = [];
  let socket: Socket | null = null;

  const carried = (over: Socket, work: () => void) => timing.after(over.ms, () => socket === over && work());

  const overSocket: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((subscriber) => {
        const one: Subscription = { op, subscriber, lastEventId: null, told: null };
        subscriptions.push(one);
        if (socket) send(one, socket);
        return () => {
          subscriptions = subscriptions.filter((other) => other !== one);
          subscriber.complete(); // as tRPC does
        };
      });

  function send(one: Subscription, over: Socket): void {
    const from = one.lastEventId ?? fromOf(one.op);
    carried(over, () => {
      if (server.isMute) return;
      one.told = Number(from ?? server.happened);
      carried(over, () => one.subscriber.next({ result: { type: "started" } }));
      if (from === null && one.op.path === "live.availability") tell(one, over, String(one.told), STATE);
      catchUp(one, over);
    });
  }

  function tell(one: Subscription, over: Socket, id: string, data: object): void {
    carried(over, () => {
      if (!subscriptions.includes(one)) return;
      one.lastEventId = id;
      server.toldOverSocket++;
      one.subscriber.next({ result: { type: "data", id, data: { id, data } } });
    });
  }

  function catchUp(one: Subscription, over: Socket): void {
    while (one.told !== null && one.told < server.happened) tell(one, over, String(++one.told), {});
  }

  function answerTo({ topic, lastEventId }: TopicSince): ToldSince {
    const end = String(server.happened);
    if (lastEventId === null || lastEventId === undefined) {
      return { items: topic === "availability" ? [{ id: end, data: STATE }] : [], lastEventId: end };
    }
    const missed = Array.from({ length: server.happened - Number(lastEventId) }, (_, index) => ({
      id: String(Number(lastEventId) + 1 + index),
      data: {} as never,
    }));
    return { items: missed, lastEventId: missed.at(-1)?.id ?? lastEventId };
  }

  function ask(asked: TopicSince[], signal: AbortSignal): Promise<ToldSince[]> {
    questions.push(asked);
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(refused("CLIENT_CLOSED_REQUEST")));
      timing.after(travelMs(), () => {
        if (server.answers === "badly") reject(refused("INTERNAL_SERVER_ERROR"));
        if (server.answers === "no") reject(refused("UNAUTHORIZED"));
        if (server.answers !== "well") return;
        const answers = asked.map(answerTo);
        timing.after(travelMs(), () => resolve(answers));
      });
    });
  }

  const live = openLive({
    overSocket,
    ask,
    timing,
    page: {
      isHidden: () => page.isHidden,
      onShown(tellShown) {
        page.show = () => {
          page.isHidden = false;
          tellShown();
        };
        return () => {};
      },
    },
    onState: (state) => states.push(state),
  });
  const link = live.link({});

  const lost = () => {
    live.socketLost();
    for (const { subscriber } of subscriptions) {
      subscriber.next({ result: { type: "state", state: "connecting", error: null } });
    }
  };

  return {
    server,
    page,
    states,
    questions,
    pass,
    planned,
    live,
    happen(times = 1) {
      server.happened += times;
      const over = socket;
      if (over) for (const one of subscriptions) catchUp(one, over);
    },
    openSocket() {
      live.socketOpened(); // as tRPC says it, before it subscribes anew
      socket = { ms: travelMs() };
      for (const one of subscriptions) send(one, socket);
    },
    loseSocket() {
      socket = null;
      for (const one of subscriptions) one.told = null;
      lost();
    },
    /** A try that came to nothing. */
    failToOpen: lost,
    /** Begins a subscription, and writes down what it hears: numbers, and words for what is none. */
    listen(topic: string, from: string | null = null, onData: (id: string) => void = () => {}) {
      const heard: string[] = [];
      const op: Operation = {
        id: 1,
        type: "subscription",
        path: `live.${topic}`,
        input: from === null ? undefined : { lastEventId: from },
        context: {},
        signal: null,
      };
      const { unsubscribe } = link({ op, next: () => observable(() => {}) }).subscribe({
        next({ result }) {
          if (result.type === "state" || result.type === "started" || result.type === "stopped") {
            if (result.type !== "state") heard.push(result.type);
            return;
          }
          const { id, data } = result.data as { id: string; data: object };
          heard.push(data === STATE ? `state ${id}` : id);
          onData(id);
        },
        error: (error) => heard.push(`error ${error.data?.code}`),
        complete: () => heard.push("complete"),
      });
      return { heard, numbers: () => heard.filter((word) => /^\d+$/.test(word)).map(Number), stop: unsubscribe };
    },
  };
}

const STATE = { resources: [], complete: true };

const fromOf = ({ input }: Operation): string | null =>
  (input as { lastEventId?: string } | undefined)?.lastEventId ?? null;

const refused = (code: string) =>
  new TRPCClientError<AppRouter>(code, {
    result: { error: { code: -32603, message: code, data: { code, httpStatus: 0, failure: null } } } as never,
  });
