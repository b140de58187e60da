import type { Caller, Platform } from "./platform.ts";

/** What a call comes with. */
export interface Incoming {
  platform: Platform;
  /**
   * Asked for each call, on a socket too: whoever was signed out or blocked is a stranger with their next call.
   *
   * @returns null for nobody we know.
   */
  recognise(): Promise<Caller | null>;
}

/** What the procedures work with. */
export interface Inside {
  platform: Platform;
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
export const contextOf = (incoming: Incoming): Context => incoming as unknown as Context;

/** @returns What `contextOf` closed. */
export async function opened(context: Context): Promise<Inside> {
  const { platform, recognise } = context as unknown as Incoming;
  return { platform, caller: await recognise() };
}
