import type { TenantId } from "@tessera/contracts";
import type { Bus, News } from "./bus.ts";

/** More than this many waiting events are dropped, and the listener reads the journal instead. */
const MOST_WAITING = 256;

/** @returns The bus of a single process. */
export function inProcessBus(): Bus {
  const rooms = new Map<TenantId, Set<Mailbox>>();

  return {
    publish(tenant, news) {
      for (const mailbox of rooms.get(tenant) ?? []) mailbox.put(news);
    },

    heard: () => [...rooms.keys()],

    listen(tenant, signal) {
      const mailbox = openMailbox();
      const room = rooms.get(tenant) ?? new Set();
      rooms.set(tenant, room.add(mailbox));
      const leave = () => {
        room.delete(mailbox);
        if (room.size === 0) rooms.delete(tenant);
        mailbox.close();
      };
      if (signal.aborted) leave();
      else signal.addEventListener("abort", leave, { once: true });
      return mailbox.read();
    },
  };
}

interface Mailbox {
  put(news: News): void;
  close(): void;
  read(): AsyncIterable<News>;
}

/** Holds at most one, merged, letter: a reader that does not read costs a bounded amount. */
function openMailbox(): Mailbox {
  let waiting: News | null = null;
  let closed = false;
  let wake = () => {};

  return {
    put(news) {
      waiting = waiting ? merged(waiting, news) : news;
      wake();
    },
    close() {
      closed = true;
      wake();
    },
    async *read() {
      while (!closed) {
        if (waiting) {
          const news = waiting;
          waiting = null;
          yield news;
          continue;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

function merged(older: News, newer: News): News {
  const events = [...older.events, ...newer.events];
  return { upTo: Math.max(older.upTo, newer.upTo), events: events.length > MOST_WAITING ? [] : events };
}
