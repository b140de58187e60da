import type { SignedFlagSet } from "@tessera/contracts/flags";
import { type FlagTrust, isNewerSet, readSignedSet, type UnbelievedSet } from "@tessera/domain/flags/signed-set";
import type { DeskClock, Moment } from "./desk-clock.ts";
import type { DeskStore } from "./store.ts";

/** `received`; `not_newer`: this desk has one that is as new; or why the set is not believed. */
export type FlagIntake = "received" | "not_newer" | UnbelievedSet;

/**
 * Takes the flags a desk is to go by while it can ask nobody.
 *
 * The first set after pairing is believed by its own key: it came over the line that the device's token was told on, and there
 * is nothing older to hold against it. From then on a set is believed by the keys that the last believed set names, which are the
 * one that signs and the next one. So trust follows a rotation by the word of the key before it, and a key that was revoked is
 * forgotten with the first set of its successor. A desk that was away while two keys went by believes no set any more until it
 * is paired anew; what it holds grows old, each flag by its rule, and with a line it goes by the news anyway.
 */
export interface FlagIntakeDesk {
  /** To be called before the server is asked: a set's age is counted from here. */
  ask(): Moment;
  /** Keeps the set if it is believed, and newer than the one that is held. */
  receive(asked: Moment, signed: SignedFlagSet): Promise<FlagIntake>;
}

export function flagIntake(store: DeskStore, clock: DeskClock): FlagIntakeDesk {
  /** One look, one write. null: another window wrote in between. */
  async function once(asked: Moment, signed: SignedFlagSet): Promise<FlagIntake | null> {
    const row = await store.read((tables) => tables.flags.get(1));
    const held = row ? await readSignedSet(row, null) : "malformed";
    const trust: FlagTrust | null = typeof held === "string" ? null : held;
    const set = await readSignedSet(signed, trust);
    if (typeof set === "string") return set;
    if (typeof held !== "string" && !isNewerSet(held, set)) return "not_newer";

    const { set: text, keyId, publicKey, signature } = signed;
    const isWritten = await store.write(async (tables) => {
      if ((await tables.flags.get(1))?.signature !== row?.signature) return null;
      await tables.flags.put({ id: 1, set: text, keyId, publicKey, signature, seen: asked, elapsedMs: 0 });
      return {};
    });
    return isWritten ? "received" : null;
  }

  return {
    ask: clock,
    async receive(asked, signed) {
      for (;;) {
        const intake = await once(asked, signed);
        if (intake) return intake;
      }
    },
  };
}
