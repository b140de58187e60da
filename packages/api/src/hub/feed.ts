import type { Resync, TenantEvent } from "@tessera/contracts";
import type { News } from "@tessera/domain/events/bus";
import { follow, type Journal, MOST_REPLAYED, missedSince } from "@tessera/domain/events/follow";

/** One reader of a tenant's journal for all its subscribers in this process, and what it read last. */
export interface Feed {
  /** The number of the newest event that everybody was told of. */
  last(): number;
  /** @returns The events after `seen`, rising; null when they are not kept any more or have not come yet. */
  after(seen: number): readonly TenantEvent[] | null;
  /**
   * Everything after `seen`, then nothing: a newcomer is told this and belongs to the feed from the same moment on.
   *
   * @param seen The last event the newcomer has.
   * @param tell Told of each event, or of a resync in place of more than 500. Not after `signal`.
   * @param settle Called, at once after the last `tell`, when nothing is missing any more.
   * @throws What the journal throws.
   */
  catchUp(
    seen: number,
    tell: (event: TenantEvent | Resync) => void,
    settle: () => void,
    signal: AbortSignal,
  ): Promise<void>;
}

export interface FeedOptions {
  journal: Journal;
  /** @returns News of the tenant from the moment of the call on. */
  listen(until: AbortSignal): AsyncIterable<News>;
  /** Ends it. */
  signal: AbortSignal;
  /** Gets ready what `tell` will need, before the event counts as told. */
  prepare(event: TenantEvent | Resync): Promise<void> | null;
  /** Tells everyone of an event. Must not throw. */
  tell(event: TenantEvent | Resync): void;
  /** The journal could not be read. The feed goes on from where it was when this resolves. */
  onTrouble(cause: unknown): Promise<void>;
}

/** @returns A feed that begins at the journal's head. */
export async function openFeed({ journal, listen, signal, prepare, tell, onTrouble }: FeedOptions): Promise<Feed> {
  let kept: TenantEvent[] = [];
  let ear = openEar(signal);
  let arrivals = listen(ear.signal); // before the first read, so nothing slips between
  let last = await journal.head();
  let waiting: Array<{ seq: number; go: () => void }> = [];

  function take(event: TenantEvent | Resync): void {
    last = event.seq;
    if (event.type === "resync") kept = [];
    else kept.push(event);
    if (kept.length > 2 * MOST_REPLAYED) kept = kept.slice(-MOST_REPLAYED);
    tell(event);
    if (waiting.length === 0) return;
    const due = waiting.filter(({ seq }) => seq <= last);
    waiting = waiting.filter(({ seq }) => seq > last);
    for (const { go } of due) go();
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const event of follow(journal, arrivals, last)) {
          const preparing = prepare(event);
          if (preparing) await preparing;
          if (signal.aborted) return;
          take(event);
        }
      } catch (cause) {
        ear.abort();
        await onTrouble(cause);
        ear = openEar(signal);
        arrivals = listen(ear.signal);
      }
    }
  }

  /** @returns Once the feed has told of `seq`, which it may never. */
  const reach = (seq: number, ended: AbortSignal) =>
    new Promise<void>((resolve) => {
      const one = { seq, go: resolve };
      waiting.push(one);
      ended.addEventListener("abort", () => {
        waiting = waiting.filter((other) => other !== one);
        resolve();
      });
    });

  const after = (seen: number): readonly TenantEvent[] | null => {
    const missing = last - seen;
    return missing < 0 || missing > kept.length ? null : kept.slice(kept.length - missing);
  };

  void run();
  return {
    last: () => last,
    after,
    async catchUp(seen, tellOne, settle, ended) {
      let at = seen;
      while (!ended.aborted) {
        const missed = after(at);
        if (missed) {
          for (const event of missed) tellOne(event);
          return settle();
        }
        if (at > last) {
          await reach(at, ended);
          continue;
        }
        const events = await missedSince(journal, at);
        if (ended.aborted) return;
        for (const event of events) tellOne(event);
        at = events.at(-1)?.seq ?? last;
      }
    },
  };
}

/** @returns What can be ended before the whole is. */
function openEar(whole: AbortSignal): AbortController {
  const ear = new AbortController();
  if (whole.aborted) ear.abort();
  else whole.addEventListener("abort", () => ear.abort(), { once: true, signal: ear.signal });
  return ear;
}
