import { Failed } from "@tessera/domain/failed";
import type { Chance } from "../kernel/chance.ts";
import type { Host, Timeline } from "../kernel/timeline.ts";

/** What may happen to messages. All zero: they only take their time. */
export interface Weather {
  loss: number;
  doubles: number;
  /** Chance that a message takes up to 20 times as long as usual, and is overtaken. */
  slow: number;
}

export const FAIR: Weather = { loss: 0, doubles: 0, slow: 0 };

/** The links between hosts. */
export interface Network {
  weather: Weather;
  /** One way, without an answer. It may be lost, come twice, and be overtaken. People (null) never fail. */
  send(to: Host | null, hopMs: number, deliver: () => void): void;
  /**
   * Asks another host and waits for its answer. Either way may fail, so a call that failed may have been carried out.
   *
   * @param to Who is asked.
   * @param options How long a hop takes and how long the asker waits, milliseconds.
   * @param answer Runs at `to`, twice when the message was doubled.
   * @throws Failed `unknown_outcome` when no answer came in time, `unavailable` when `to` is down; what `answer` throws.
   */
  ask<T>(to: Host, options: { hopMs: number; patienceMs: number }, answer: () => T | Promise<T>): Promise<T>;
}

/** @returns Links in fair weather. */
export function network(time: Timeline, chance: Chance, reached: (what: string) => void): Network {
  const lasting = (hopMs: number, { slow }: Weather) => {
    const usual = hopMs * (0.5 + chance.next());
    return slow > 0 && chance.happens(slow) ? usual * chance.between(2, 20) : usual;
  };

  const net: Network = {
    weather: FAIR,

    send(to, hopMs, deliver) {
      const { weather } = net;
      if (weather.loss > 0 && chance.happens(weather.loss)) return reached("message lost");
      const arrive = () => {
        if (!to?.isDown) deliver();
      };
      time.plan(to, lasting(hopMs, weather), arrive);
      if (weather.doubles > 0 && chance.happens(weather.doubles)) {
        reached("message doubled");
        time.plan(to, lasting(hopMs, weather), arrive);
      }
    },

    ask<T>(to: Host, { hopMs, patienceMs }: { hopMs: number; patienceMs: number }, answer: () => T | Promise<T>) {
      const asker = time.host;
      return new Promise<T>((resolve, reject) => {
        const patience = time.plan(asker, patienceMs, () => reject(new Failed("unknown_outcome")));
        const settle = (tell: () => void) =>
          net.send(asker, hopMs, () => {
            patience.cancel();
            tell();
          });
        if (to.isDown) return settle(() => reject(new Failed("unavailable")));
        net.send(to, hopMs, () => {
          new Promise<T>((give) => give(answer())).then(
            (value) => settle(() => resolve(value)),
            (failure: unknown) => settle(() => reject(failure)),
          );
        });
      });
    },
  };
  return net;
}
