import { Failed } from "@tessera/domain/failed";

const FAILURE_OF_STATE: Record<string, Failed["failure"]> = {
  "55P03": "busy", // lock_timeout
  "57014": "busy", // statement_timeout
  "40001": "busy", // decided meanwhile, more often than we cared to look again
  "40P01": "busy", // two waited for each other: undone
  "25006": "read_only",
  "25P03": "unavailable", // ended while idle in a transaction: undone
  "57P03": "unavailable", // starting up or shutting down: nothing was sent
  "53100": "read_only", // disk full
  "53300": "unavailable", // too many connections
  P1001: "unavailable", // Prisma: cannot be reached
  P1002: "unavailable", // Prisma: reached, but no answer in time
  P1017: "unknown_outcome", // Prisma: the connection was closed
  P2024: "unavailable", // Prisma: no connection free in time
  P2028: "unavailable", // Prisma: the transaction could not begin, or was ended by its time limit and undone
};

/** Serialisation failure and deadlock: nothing was decided, and the same statement may well pass now. */
export const isWorthAnotherTry = (error: unknown): boolean => ["40001", "40P01"].includes(stateOf(error));

/** Nobody may have a code for a thing that is retired: nothing was written down. */
export const isOfRetired = (error: unknown): boolean => stateOf(error) === "TS003";

/**
 * What a failed statement means for the one who asked.
 *
 * @param error As the driver threw it.
 * @returns A `Failed`; `unknown_outcome` when the connection broke and the commit may or may not have happened; the
 *   error itself when it is a fault of ours.
 */
export function failureOf(error: unknown): unknown {
  const state = stateOf(error);
  const known = FAILURE_OF_STATE[state];
  if (known) return new Failed(known, { cause: error });
  if (neverReached(error)) return new Failed("unavailable", { cause: error });
  if (isBroken(state) || brokeOnTheWay(error)) return new Failed("unknown_outcome", { cause: error });
  return error;
}

/** What the driver said. Prisma wraps it: its adapter's error has it in `cause`, and a P2039 has that error in `meta`. */
function stateOf(error: unknown): string {
  const { code, cause, meta } = Object(error) as Wrapping;
  const state = meta?.driverAdapterError?.cause?.originalCode ?? cause?.originalCode ?? code;
  return typeof state === "string" ? state : "";
}

interface Wrapping {
  code?: unknown;
  cause?: { originalCode?: unknown };
  meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } };
}

const isBroken = (state: string): boolean => state.startsWith("57P0") || state.startsWith("08");

const neverReached = (error: unknown): boolean =>
  ["ECONNREFUSED", "ENOENT", "EHOSTUNREACH", "ENOTFOUND"].includes(stateOf(error)) ||
  (error instanceof Error && /timeout exceeded when trying to connect/.test(error.message));

const brokeOnTheWay = (error: unknown): boolean =>
  ["ECONNRESET", "EPIPE", "ETIMEDOUT"].includes(stateOf(error)) ||
  (error instanceof Error &&
    /Connection terminated|Client has encountered a connection error|Query read timeout/.test(error.message));
