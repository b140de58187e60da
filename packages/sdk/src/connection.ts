import type { AppRouter } from "@tessera/api/router";
import { uuidV7 } from "@tessera/contracts";
import {
  createTRPCClient,
  createWSClient,
  httpLink,
  splitLink,
  type TRPCClient,
  type TRPCLink,
  type WebSocketClientOptions,
  wsLink,
} from "@trpc/client";
import { backOff } from "./live/back-off.ts";
import { impatient } from "./live/impatient-socket.ts";
import { openLive } from "./live/live-link.ts";
import { thisPage } from "./live/page.ts";
import { realTiming, type Timing } from "./live/timing.ts";

/**
 * Whether news arrives: `live` over a socket, at once; `polling` where none can be had, every two seconds or so. `since` is
 * when it last changed.
 */
export interface ConnectionState {
  state: "connecting" | "live" | "polling" | "offline";
  since: Date;
}

export interface ConnectOptions {
  /** Where the server is: `https://lend.example`. In a browser, left out: where the page came from. */
  url?: string;
  /** A device's token; asked for at each call. In a browser a person is known by their cookie instead. */
  token?: string | (() => string | null) | undefined;
  /** For people who belong to several tenants: the slug of the one to be in. Left out: the one they joined first. */
  tenant?: string | undefined;
  /** Where there is no global WebSocket (Node 20): one like that of the `ws` package. `@tessera/sdk/node` brings it. */
  WebSocket?: WebSocketClientOptions["WebSocket"];
  /** Further headers of each call over HTTP; asked for at each. */
  headers?: () => Record<string, string>;
  /** For tests: the clock, chance and timers. */
  timing?: Timing;
}

/**
 * An open line to one server: calls over HTTP, news over a socket that opens with the first subscription, or by polling where
 * the network lets no socket through.
 */
export interface Connection {
  client: TRPCClient<AppRouter>;
  links: TRPCLink<AppRouter>[];
  /** @returns Whether news arrives, now. */
  status(): ConnectionState;
  /** @returns Stops the watching. */
  watch(onChange: () => void): () => void;
  close(): Promise<void>;
}

type Listen = (event: "offline" | "online", listener: () => void) => void;

/**
 * Connects to a Tessera server. Nothing is sent yet.
 *
 * @param options Where, and as whom.
 * @throws Error When there is neither a `url` nor a page to take it from.
 */
export function connect(options: ConnectOptions = {}): Connection {
  const { token, tenant, timing = realTiming } = options;
  const base = baseUrl(options.url);
  const tokenNow = () => (typeof token === "function" ? token() : (token ?? null));
  const watchers = new Set<() => void>();
  const now = () => new Date(timing.now());
  let status: ConnectionState = { state: "connecting", since: now() };
  const become = (state: ConnectionState["state"]) => {
    if (status.state === state) return;
    status = { state, since: now() };
    for (const tell of watchers) tell();
  };

  const Socket = options.WebSocket ?? globalThis.WebSocket;
  const tries = backOff(timing);
  const isOpen = () => socket.connection?.state === "open";
  const socket = createWSClient({
    url: `${base.replace(/^http/, "ws")}/trpc`,
    ...(Socket ? { WebSocket: impatient(Socket, timing) } : {}),
    lazy: { enabled: true, closeMs: 1_000 },
    keepAlive: { enabled: true, intervalMs: 25_000, pongTimeoutMs: 5_000 },
    connectionParams: () => {
      const held = tokenNow();
      return held || tenant ? { ...(held ? { token: held } : {}), ...(tenant ? { tenant } : {}) } : null;
    },
    retryDelayMs: () => tries.next(),
    onOpen() {
      tries.opened();
      live.socketOpened();
    },
    onClose(cause) {
      if (isOpen()) return; // an old one, after another has taken its place
      tries.closed(cause?.code);
      live.socketLost();
    },
  });

  const overHttp = httpLink<AppRouter>({
    url: `${base}/trpc`,
    headers: ({ op }) => {
      const held = tokenNow();
      return {
        ...options.headers?.(),
        ...(tenant ? { "x-tessera-tenant": tenant } : {}),
        ...(held ? { authorization: `Bearer ${held}` } : {}),
        "x-tessera": "1", // no page of another site can send it: what a cookie signs is meant
        // One key for each intent. Whoever asks again for the same one gives its key in the call's context.
        ...(op.type === "mutation" ? { "idempotency-key": String(op.context.idempotencyKey ?? newKey()) } : {}),
      };
    },
  });
  const asking = createTRPCClient<AppRouter>({ links: [overHttp] });
  const live = openLive({
    overSocket: wsLink({ client: socket }),
    ask: (asked, signal) => asking.live.since.query(asked, { signal }),
    timing,
    page: thisPage(),
    onState: become,
  });

  // A phone without a network knows it long before a socket misses its pong.
  const page = globalThis as { addEventListener?: Listen; removeEventListener?: Listen };
  const lost = () => become("offline");
  const found = () => {
    become(isOpen() ? "live" : "connecting");
    live.hurry();
  };
  page.addEventListener?.("offline", lost);
  page.addEventListener?.("online", found);

  const links: TRPCLink<AppRouter>[] = [
    splitLink({ condition: ({ type }) => type === "subscription", true: live.link, false: overHttp }),
  ];

  return {
    client: createTRPCClient<AppRouter>({ links }),
    links,
    status: () => status,
    watch(onChange) {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
    close: async () => {
      page.removeEventListener?.("offline", lost);
      page.removeEventListener?.("online", found);
      live.close();
      await socket.close();
    },
  };
}

const newKey = () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

function baseUrl(given: string | undefined): string {
  const page = (globalThis as { location?: { origin?: string } }).location?.origin;
  const base = given ?? page;
  if (!base) throw new Error('tell connect() where the server is: { url: "http://localhost:4000" }');
  return base.replace(/\/+$/, "");
}
