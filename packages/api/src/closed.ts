import type { Failure } from "@tessera/contracts";

// Apart from everything else: a consumer's types come from here and the contract alone, so bundling them reads little.

declare const inside: unique symbol;

/**
 * What the procedures work with, closed: the router's type becomes the SDK's, and a consumer's types need not know what a
 * server is made of (docs/decisions/0007-the-sdk-carries-only-the-contract.md). Only `contextOf` closes it, only the first
 * middleware opens it.
 */
export interface Context {
  readonly [inside]: true;
}

/** What a caller is told when a call failed. */
export interface ErrorShape {
  /** JSON-RPC's number. */
  code: number;
  message: string;
  data: {
    /** tRPC's word: UNAUTHORIZED, FORBIDDEN, BAD_REQUEST … */
    code: string;
    httpStatus: number;
    /** Not null: ask again with the same id. */
    failure: Failure | null;
    /** Seconds to wait before it can help to ask again; only where a limit was reached. */
    retryAfter?: number;
  };
}
