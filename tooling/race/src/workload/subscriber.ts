import type { Tessera } from "@tessera/sdk/node";
import type { SeenEvent, Subscriber } from "../history/run.ts";
import { now } from "../time.ts";
import { idsIn } from "./attempt.ts";

/** An event, when it came (the runner's clock), and when it happened (the database's; ISO 8601, empty for a resync). */
export interface Arrival {
  at: number;
  happenedAt: string;
  event: SeenEvent;
}

/** One that hears what happens in a tenant, and keeps a view of its shelf as a screen does. */
export interface LiveSubscriber {
  /** What it has heard so far. */
  heard(): Subscriber;
  /** Each event when it came first, by number. */
  arrivals: ReadonlyMap<number, Arrival>;
  /** The number of the newest event it has. */
  head(): number;
  stop(): void;
}

/**
 * @param name For people who read of it.
 * @param after The number of the last event that it need not hear.
 */
export function subscribe(
  client: Tessera,
  { name, tenant, after }: Pick<Subscriber, "name" | "tenant" | "after">,
): LiveSubscriber {
  const events: SeenEvent[] = [];
  const arrivals = new Map<number, Arrival>();
  let view = new Map<string, { state: "free" | "out" | "held"; version: number }>();
  let head = after;

  const story = keepOpen((end) =>
    client.api.live.events.subscribe(
      { lastEventId: String(head) },
      {
        onData({ data }) {
          head = Math.max(head, data.seq);
          const [entity, happenedAt] = data.type === "resync" ? ["", ""] : [data.entityId, data.at];
          const event = { seq: data.seq, type: data.type, entity, mentions: idsIn(data) };
          events.push(event);
          if (!arrivals.has(data.seq)) arrivals.set(data.seq, { at: now(), happenedAt, event });
        },
        onError: end,
        onComplete: end,
      },
    ),
  );
  const shelf = keepOpen((end) =>
    client.api.live.availability.subscribe(undefined, {
      onData({ data }) {
        if (data.complete) view = new Map();
        for (const { resourceId, state, version } of data.resources) {
          if (version > (view.get(resourceId)?.version ?? -1)) view.set(resourceId, { state, version });
        }
      },
      onError: end,
      onComplete: end,
    }),
  );

  return {
    heard: () => ({ name, tenant, after, events, view }),
    arrivals,
    head: () => head,
    stop() {
      story.stop();
      shelf.stop();
    },
  };
}

const ASK_AGAIN_MS = 250;

/** A broken socket is mended by the client; a subscription that the server ended is asked for again, as a screen does. */
function keepOpen(open: (end: () => void) => { unsubscribe(): void }): { stop(): void } {
  let isStopped = false;
  let current = { unsubscribe() {} };
  const start = () => {
    if (isStopped) return;
    let hasEnded = false;
    current = open(() => {
      if (hasEnded) return;
      hasEnded = true;
      setTimeout(start, ASK_AGAIN_MS);
    });
  };
  start();
  return {
    stop() {
      isStopped = true;
      current.unsubscribe();
    },
  };
}
