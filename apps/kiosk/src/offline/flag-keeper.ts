import type { SignedFlagSet } from "@tessera/contracts/flags";
import type { FlagIntakeDesk } from "./flag-intake.ts";

/** How often a set is asked for without news, so that the one that is kept is young when the line goes. */
export const KEPT_FRESH_MS = 3 * 60_000;
/** All desks hear of a change at once, and need not all ask at once. */
const SPREAD_MS = 1_000;

export interface FlagKeeperTools {
  intake: FlagIntakeDesk;
  /** `flag.signedSet`. Throws when there was no answer. */
  askServer(): Promise<SignedFlagSet>;
  /** 0 to 1. */
  chance(): number;
  /** Does something later. What it returns takes that back. */
  after(ms: number, work: () => void): () => void;
  /** Told how each asking ended; `unheard`: nobody answered, or nothing could be written down. */
  onEnd?(ended: Awaited<ReturnType<FlagIntakeDesk["receive"]>> | "unheard"): void;
}

/** Keeps the set of a desk young: asks after every news, and every three minutes. */
export interface FlagKeeper {
  /** A flag has changed. */
  news(): void;
  close(): void;
}

/** An asking that failed is not repeated before its turn: the set that is kept grows a little older, and that is all. */
export function flagKeeper(tools: FlagKeeperTools): FlagKeeper {
  const { intake, askServer, chance, after, onEnd = () => {} } = tools;
  let planned = after(0, () => void keep());
  let isAsking = false;
  let isWanted = false;
  let isClosed = false;

  function plan(ms: number): void {
    planned();
    if (!isClosed) planned = after(ms, () => void keep());
  }

  async function keep(): Promise<void> {
    isAsking = true;
    isWanted = false;
    const asked = intake.ask();
    onEnd(
      await askServer()
        .then((set) => intake.receive(asked, set))
        .catch(() => "unheard" as const),
    );
    isAsking = false;
    plan(isWanted ? chance() * SPREAD_MS : KEPT_FRESH_MS * (0.75 + chance() / 2));
  }

  return {
    news() {
      isWanted = true; // an answer that is on its way may be from before
      if (!isAsking) plan(chance() * SPREAD_MS);
    },
    close() {
      isClosed = true;
      planned();
    },
  };
}
