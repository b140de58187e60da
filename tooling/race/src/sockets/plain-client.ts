import type { AppRouter } from "@tessera/api/router";
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { WebSocket } from "ws";
import type { SeenEvent, Subscriber } from "../history/run.ts";
import { now, until } from "../time.ts";

/** An ordinary client of tRPC with nothing of ours in it, on a socket of its own. */
export interface PlainClient {
  heard(): Subscriber;
  /** When each event came first, by number; the runner's clock. */
  arrivals: ReadonlyMap<number, number>;
  /** The number of the newest event it has. */
  head(): number;
  /** How often it lost its socket. */
  losses(): number;
  close(): Promise<void>;
}

export interface PlainClientOptions {
  name: string;
  tenant: string;
  /** Of a desk. */
  token: string;
  /** Where to go; asked again whenever a socket is needed. */
  url: () => string;
  /** The number of the last event that it need not hear. */
  after: number;
  /** The control: it begins anew when it comes back, as if it had never heard anything. */
  forgets?: boolean;
}

const [FIRST_MS, LONGEST_MS] = [500, 30_000];

/** @returns Once it is told the news. */
export async function plainClient(options: PlainClientOptions): Promise<PlainClient> {
  const { name, tenant, token, url, after, forgets = false } = options;
  const events: SeenEvent[] = [];
  const arrivals = new Map<number, number>();
  let head = after;
  let losses = 0;
  let isStarted = false;
  let subscription = { unsubscribe() {} };

  const socket = createWSClient({
    url: () => `${url().replace(/^http/, "ws")}/trpc`,
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket, // it has what the client uses of the browser's
    connectionParams: { token },
    keepAlive: { enabled: true, intervalMs: 2_000, pongTimeoutMs: 2_000 },
    retryDelayMs: (attempt) => Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt), // as the SDK
    onClose() {
      losses++;
      if (forgets) listen(undefined);
    },
  });
  const client = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] });

  function listen(lastEventId: string | undefined): void {
    subscription.unsubscribe();
    subscription = client.live.events.subscribe(
      { lastEventId },
      {
        onStarted() {
          isStarted = true;
        },
        onData({ data }) {
          head = Math.max(head, data.seq);
          events.push({ seq: data.seq, type: data.type, entity: data.type === "resync" ? "" : data.entityId });
          if (!arrivals.has(data.seq)) arrivals.set(data.seq, now());
        },
      },
    );
  }
  listen(String(after));
  await until(`${name} is told the news`, () => isStarted);

  return {
    heard: () => ({ name, tenant, after, events, view: null }),
    arrivals,
    head: () => head,
    losses: () => losses,
    async close() {
      subscription.unsubscribe();
      await socket.close();
    },
  };
}
