import type { AppRouter } from "@tessera/api/router";
import type { FlagDecision, FlagKey } from "@tessera/contracts";
import type { TRPCClient } from "@trpc/client";
import { failureIn } from "./retry.ts";

/**
 * The flags as they are for whoever this client is. Nothing here asks twice: a flag that cannot be asked holds its last known
 * value, since those who all ask again keep a server down that was only slow.
 */
export interface Flags {
  /**
   * Asks once. Who asks while a question is under way hears its answer.
   *
   * @param key Any flag of the product.
   * @returns The decision; when the server could not be asked the last known one, with `stale`.
   * @throws TRPCClientError When none is known either, or this client may not ask.
   */
  decide(key: FlagKey): Promise<FlagDecision>;
  /** As `decide`, for who wants no more than on or off. */
  isOn(key: FlagKey): Promise<boolean>;
  /** As `decide`, for every flag at once. */
  all(): Promise<FlagDecision[]>;
  /**
   * Hears of every change, over the socket or by polling; all watchers are one subscription. `known` is kept right
   * meanwhile.
   *
   * @param onChange Told all that is known, now if anything is, and whenever a flag is another than before.
   * @returns Ends it.
   */
  watch(onChange: (flags: FlagDecision[]) => void): () => void;
  /** @returns The last that was heard of a flag, asked for or watched, at once; null before the first answer. */
  known(key: FlagKey): FlagDecision | null;
}

/** As much of the client as flags need. */
export interface FlagsClient {
  flag: Pick<TRPCClient<AppRouter>["flag"], "all" | "evaluate">;
  live: Pick<TRPCClient<AppRouter>["live"], "flags">;
}

/** @param client Of one connection. @returns Its flags; nothing is sent yet. */
export function openFlags({ flag, live }: FlagsClient): Flags {
  const held = new Map<FlagKey, FlagDecision>();
  const underWay = new Map<FlagKey | "all", Promise<FlagDecision[]>>();
  const watchers = new Set<(flags: FlagDecision[]) => void>();
  let subscription: { unsubscribe(): void } | null = null;
  /** Of the subscription: what an earlier one still says is not about this one. */
  let turn = 0;
  /** How often news came. */
  let told = 0;

  const everything = () => [...held.values()];

  function keep(decisions: readonly FlagDecision[]): void {
    const changed = decisions.filter((decision) => !isSame(held.get(decision.key), decision));
    for (const decision of changed) held.set(decision.key, decision);
    if (changed.length > 0) for (const tell of [...watchers]) tell(everything());
  }

  /** An answer was on its way while news came, or is of a process that has not heard yet: then the news hold. */
  function isOutdated({ key, revision }: FlagDecision, toldBefore: number): boolean {
    const known = held.get(key);
    if (!known) return false;
    return toldBefore === told ? revision < known.revision : revision <= known.revision;
  }

  function asking(what: FlagKey | "all", ask: () => Promise<FlagDecision[]>): Promise<FlagDecision[]> {
    const already = underWay.get(what);
    if (already) return already;
    const toldBefore = told;
    const answer = ask()
      .then((decisions) => {
        keep(decisions.filter((decision) => !isOutdated(decision, toldBefore)));
        return decisions.map((decision) => held.get(decision.key) ?? decision);
      })
      .finally(() => underWay.delete(what));
    underWay.set(what, answer);
    return answer;
  }

  async function decide(key: FlagKey): Promise<FlagDecision> {
    try {
      const [decision] = await asking(key, async () => [await flag.evaluate.query({ key })]);
      if (!decision) throw new Error(`no answer about ${key}`);
      return decision;
    } catch (error) {
      const known = held.get(key);
      if (!known || !isUnheard(error)) throw error;
      return { ...known, stale: true };
    }
  }

  async function all(): Promise<FlagDecision[]> {
    try {
      return await asking("all", async () => (await flag.all.query()).flags);
    } catch (error) {
      if (held.size === 0 || !isUnheard(error)) throw error;
      return everything().map((decision) => ({ ...decision, stale: true }));
    }
  }

  function listen(): void {
    const mine = ++turn;
    // Ended from outside only when this client may not listen any more: the next watcher tries anew.
    const ended = () => {
      if (mine === turn) stop();
    };
    const line = live.flags.subscribe(undefined, {
      onData({ data }) {
        told++;
        keep(data.flags);
      },
      onError: ended,
      onComplete: ended,
    });
    if (mine === turn) subscription = line;
    // Over HTTP as well, once: where no socket gets through, the subscription takes seconds to know it.
    void all().catch(() => {});
  }

  function stop(): void {
    turn++;
    subscription?.unsubscribe();
    subscription = null;
  }

  return {
    decide,
    all,
    isOn: async (key) => (await decide(key)).value,
    known: (key) => held.get(key) ?? null,
    watch(onChange) {
      const mine = (flags: FlagDecision[]) => onChange(flags);
      watchers.add(mine);
      if (held.size > 0) mine(everything());
      if (!subscription) listen();
      return () => {
        if (watchers.delete(mine) && watchers.size === 0) stop();
      };
    },
  };
}

/** Nobody answered, or nobody who could: a "you may not" is an answer. */
function isUnheard(error: unknown): boolean {
  if (failureIn(error) !== null) return true;
  const data = error instanceof Error && "data" in error ? (error.data as { httpStatus?: number } | null) : null;
  return (data?.httpStatus ?? 0) >= 500;
}

const isSame = (one: FlagDecision | undefined, other: FlagDecision): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
