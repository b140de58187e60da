import { WebSocket } from "ws";
import { type ConnectOptions, connect as connectAnywhere } from "./connection.ts";
import { createTessera as createAnywhere } from "./tessera.ts";

export * from "./index.ts";

/** The socket of the `ws` package has what the client uses of the browser's. */
const withSocket = (options: ConnectOptions): ConnectOptions => ({
  WebSocket: WebSocket as unknown as NonNullable<ConnectOptions["WebSocket"]>,
  ...options,
});

/** As `connect` of the main entry, with a socket for Node. */
export const connect = (options: ConnectOptions) => connectAnywhere(withSocket(options));

/** As `createTessera` of the main entry, with a socket for Node. */
export const createTessera = (options: ConnectOptions) => createAnywhere(withSocket(options));
