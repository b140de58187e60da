export type { AppRouter } from "@tessera/api/router";
export * from "@tessera/contracts";
export { type Connection, type ConnectionState, type ConnectOptions, connect } from "./connection.ts";
export type { Flags } from "./flags.ts";
export type { Timing } from "./live/timing.ts";
export { failureIn, type RetryOptions, untilAnswered } from "./retry.ts";
export { createTessera, newScanId, type Tessera } from "./tessera.ts";
