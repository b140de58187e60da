import type { Resync, TenantEvent } from "@tessera/contracts";
import type { News } from "./bus.ts";

/** What happened in one tenant, by number. */
export interface Journal {
  /** @returns Up to `limit` events with a `seq` above `seen`, rising. */
  since(seen: number, limit: number): Promise<readonly TenantEvent[]>;
  /** @returns The number of the newest event, 0 when there is none. */
  head(): Promise<number>;
}

/** A reader further behind than this reads its lists again instead: replaying more would take longer. */
export const MOST_REPLAYED = 500;

/**
 * @param journal Of the tenant.
 * @param seen The number of the last event the reader has.
 * @returns Every event after it, rising; a `resync` alone in place of more than 500.
 * @throws What the journal throws.
 */
export async function missedSince(journal: Journal, seen: number): Promise<readonly (TenantEvent | Resync)[]> {
  const events = await journal.since(seen, MOST_REPLAYED + 1);
  return events.length > MOST_REPLAYED ? [{ seq: await journal.head(), type: "resync" }] : events;
}

/**
 * Every event after `seen`, in order, each once: first what the journal holds, then what arrives. An arrival that skips
 * a number means one was lost on the way, so the journal is read again.
 *
 * @param journal Of the tenant.
 * @param arrivals News of the tenant, listened to since before this call.
 * @param seen The number of the last event the reader has.
 * @returns Events with rising `seq`; a `resync` in place of a backlog of more than 500.
 */
export async function* follow(
  journal: Journal,
  arrivals: AsyncIterable<News>,
  seen: number,
): AsyncGenerator<TenantEvent | Resync> {
  let last = seen;

  async function* catchUp() {
    for (const event of await missedSince(journal, last)) {
      last = event.seq;
      yield event;
    }
  }

  yield* catchUp();
  for await (const news of arrivals) {
    if (news.upTo <= last) continue;
    const fresh = news.events.filter((event) => event.seq > last);
    if (isWhole(fresh, last, news.upTo)) {
      for (const event of fresh) {
        last = event.seq;
        yield event;
      }
    } else {
      yield* catchUp();
    }
  }
}

const isWhole = (events: readonly TenantEvent[], after: number, upTo: number): boolean =>
  events.length === upTo - after && events.every((event, index) => event.seq === after + 1 + index);
