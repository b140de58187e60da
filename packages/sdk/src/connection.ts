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

/** Whether news arrives. `since` is when it last changed. */
export interface ConnectionState {
  state: "connecting" | "live" | "offline";
  since: Date;
}

export interface ConnectOptions {
  /** Where the server is: `https://lend.example`. In a browser, left out: where the page came from. */
  url?: string;
  /** A device's token; asked for at each call. In a browser a person is known by their cookie instead. */
  token?: string | (() => string | null) | undefined;
  /** Where there is no global WebSocket (Node 20): one like that of the `ws` package. `@tessera/sdk/node` brings it. */
  WebSocket?: WebSocketClientOptions["WebSocket"];
  /** Further headers of each call over HTTP; asked for at each. */
  headers?: () => Record<string, string>;
  /** For tests: the clock. */
  now?: () => Date;
}

/** An open line to one server: calls over HTTP, news over a socket that opens with the first subscription. */
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

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

/**
 * Connects to a Tessera server. Nothing is sent yet.
 *
 * @param options Where, and as whom.
 * @throws Error When there is neither a `url` nor a page to take it from.
 */
export function connect(options: ConnectOptions = {}): Connection {
  const { token, now = () => new Date() } = options;
  const base = baseUrl(options.url);
  const tokenNow = () => (typeof token === "function" ? token() : (token ?? null));
  const watchers = new Set<() => void>();
  let status: ConnectionState = { state: "connecting", since: now() };
  const become = (state: ConnectionState["state"]) => {
    if (status.state === state) return;
    status = { state, since: now() };
    for (const tell of watchers) tell();
  };

  const socket = createWSClient({
    url: `${base.replace(/^http/, "ws")}/trpc`,
    ...(options.WebSocket ? { WebSocket: options.WebSocket } : {}),
    lazy: { enabled: true, closeMs: 1_000 },
    keepAlive: { enabled: true, intervalMs: 25_000, pongTimeoutMs: 5_000 },
    connectionParams: () => {
      const held = tokenNow();
      return held ? { token: held } : null;
    },
    retryDelayMs: (attempt) => Math.random() * Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt),
    onOpen: () => become("live"),
    onClose: () => become("offline"),
    onError: () => become("offline"),
  });

  // A phone without a network knows it long before a socket misses its pong.
  const page = globalThis as { addEventListener?: Listen; removeEventListener?: Listen };
  const lost = () => become("offline");
  const found = () => become(socket.connection?.state === "open" ? "live" : "connecting");
  page.addEventListener?.("offline", lost);
  page.addEventListener?.("online", found);

  const links: TRPCLink<AppRouter>[] = [
    splitLink({
      condition: (operation) => operation.type === "subscription",
      true: wsLink({ client: socket }),
      false: httpLink({
        url: `${base}/trpc`,
        headers: ({ op }) => {
          const held = tokenNow();
          return {
            ...options.headers?.(),
            ...(held ? { authorization: `Bearer ${held}` } : {}),
            // One key for each intent. Whoever asks again for the same one gives its key in the call's context.
            ...(op.type === "mutation" ? { "idempotency-key": String(op.context.idempotencyKey ?? newKey()) } : {}),
          };
        },
      }),
    }),
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
