import type { Caller, Platform } from "./platform.ts";

/** What the procedures work with. */
export interface Inside {
  platform: Platform;
  /** null: nobody signed in and no device token. */
  caller: Caller | null;
}

declare const inside: unique symbol;

/**
 * The same, closed: the router's type becomes the SDK's, and a consumer's types need not know what a server is made of
 * (docs/decisions/0007-the-sdk-carries-only-the-contract.md). Only `contextOf` closes it, only the first middleware opens it.
 */
export interface Context {
  readonly [inside]: true;
}

/** @returns What tRPC's adapters are given for each call. */
export const contextOf = (open: Inside): Context => open as unknown as Context;

/** @returns What `contextOf` closed. */
export const opened = (context: Context): Inside => context as unknown as Inside;
