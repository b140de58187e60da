import type { AvailabilityNews, FlagNews, Resync, TenantEvent, Tessera } from "@tessera/sdk/node";

/** What a subscription has told so far, and a way to wait for what it will tell. */
export interface Listening<T> {
  heard: T[];
  /** @returns The first message that fits, whether it was heard already or comes later. */
  until(fits: (message: T) => boolean): Promise<T>;
  stop(): void;
}

type Subscribe<T> = (options: { onStarted(): void; onData(message: T): void; onError(error: unknown): void }) => {
  unsubscribe(): void;
};

/** @returns A subscription that has started. */
export async function listening<T>(subscribe: Subscribe<T>): Promise<Listening<T>> {
  const heard: T[] = [];
  const waiting = new Set<(message: T) => void>();
  let stop = () => {};
  await new Promise<void>((resolve, reject) => {
    const { unsubscribe } = subscribe({
      onStarted: resolve,
      onError: reject,
      onData(message) {
        heard.push(message);
        for (const tell of waiting) tell(message);
      },
    });
    stop = unsubscribe;
  });

  return {
    heard,
    stop,
    until: (fits) =>
      new Promise((resolve) => {
        const before = heard.find(fits);
        if (before) return resolve(before);
        const tell = (message: T) => {
          if (!fits(message)) return;
          waiting.delete(tell);
          resolve(message);
        };
        waiting.add(tell);
      }),
  };
}

/** A message as the subscriber gets it: with the id to resume from. */
export interface Told<T> {
  id: string;
  data: T;
}

type Client = Pick<Tessera, "api">;

/** @returns What is told of `live.events`, from now on or from after `lastEventId`. */
export const hearEvents = (client: Client, lastEventId?: string) =>
  listening<Told<TenantEvent | Resync>>((on) => client.api.live.events.subscribe({ lastEventId }, on));

/** @returns What is told of `live.availability`, from now on or from after `lastEventId`. */
export const hearShelf = (client: Client, lastEventId?: string) =>
  listening<Told<AvailabilityNews>>((on) => client.api.live.availability.subscribe({ lastEventId }, on));

/** @returns What is told of `live.flags`, from now on or from after `lastEventId`. */
export const hearFlags = (client: Client, lastEventId?: string) =>
  listening<Told<FlagNews>>((on) => client.api.live.flags.subscribe({ lastEventId }, on));
