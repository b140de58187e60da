import type { Taken } from "@tessera/domain/limits/limiter";
import type { Context } from "./closed.ts";
import type { Caller, Platform, SignedInPerson } from "./platform.ts";

/** What a call comes with. */
export interface Incoming {
  platform: Platform;
  /**
   * Asked for each call, on a socket too: whoever was signed out or blocked is a stranger with their next call.
   *
   * @returns null for nobody we know.
   */
  recognise(): Promise<Caller | null>;
  /** @returns The person who is signed in, a member of anything or not. Left out: nobody is, as on a socket. */
  person?(): Promise<SignedInPerson | null>;
  /** As the caller sent it, unchecked. */
  idempotencyKey?: string | null;
  /** Where it comes from, as far as that can be believed. */
  address: string;
  /** Told what is left of the caller's allowance after each call. */
  tellLimit?(taken: Taken): void;
}

/** What the procedures work with. */
export interface Inside {
  platform: Platform;
  caller: Caller | null;
  person(): Promise<SignedInPerson | null>;
  idempotencyKey: string | null;
  address: string;
  tellLimit: Incoming["tellLimit"];
}

/** @returns What tRPC's adapters are given for each call. */
export const contextOf = (incoming: Incoming): Context => incoming as unknown as Context;

const nobody = async () => null;

/** @returns What `contextOf` closed. */
export async function opened(context: Context): Promise<Inside> {
  const {
    platform,
    recognise,
    person = nobody,
    idempotencyKey = null,
    address,
    tellLimit,
  } = context as unknown as Incoming;
  return { platform, caller: await recognise(), person, idempotencyKey, address, tellLimit };
}
