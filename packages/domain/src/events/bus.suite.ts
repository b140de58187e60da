import type { TenantEvent, TenantId } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import type { Bus, News } from "./bus.ts";

const event = (seq: number, type = "device.paired") => ({ seq, type }) as TenantEvent;
/** News of one event, as the process has it that numbered it. */
export const newsOf = (seq: number, type?: string): News => ({ upTo: seq, events: [event(seq, type)] });

let made = 0;
/** @returns A tenant that no other test speaks of. */
export const anyTenant = (): TenantId => `0c0ffee0-0000-4000-8000-${String(++made).padStart(12, "0")}` as TenantId;

/** What somebody heard, and a way to wait for more of it. */
export interface Ear {
  /** The highest number heard so far. */
  reaches(): number;
  /** @returns Once news up to `seq` was heard. */
  until(seq: number): Promise<void>;
  letters: News[];
  stop(): Promise<void>;
}

/** @returns An ear of one tenant that listens from this moment on. */
export function earOn(bus: Bus, tenant: TenantId): Ear {
  const listening = new AbortController();
  const arrivals = bus.listen(tenant, listening.signal);
  const letters: News[] = [];
  let waiting: Array<{ seq: number; go: () => void }> = [];
  const reaches = () => Math.max(0, ...letters.map(({ upTo }) => upTo));
  const hearing = (async () => {
    for await (const letter of arrivals) {
      letters.push(letter);
      for (const { seq, go } of waiting) if (seq <= letter.upTo) go();
      waiting = waiting.filter(({ seq }) => seq > letter.upTo);
    }
  })();

  return {
    letters,
    reaches,
    until: (seq) => (reaches() >= seq ? Promise.resolve() : new Promise((go) => waiting.push({ seq, go }))),
    stop() {
      listening.abort();
      return hearing;
    },
  };
}

/**
 * The promise of a bus, for every implementation.
 *
 * @param name Shown in the report.
 * @param open A bus that works. It is not closed by the suite.
 */
export function busSuite(name: string, open: () => Bus): void {
  describe(`${name} keeps the bus's promise:`, () => {
    const [a, b] = [anyTenant(), anyTenant()];
    const first = async (arrivals: AsyncIterable<News>) => (await arrivals[Symbol.asyncIterator]().next()).value;

    it("tells a listener from the moment it listens, and only of its tenant", async () => {
      const bus = open();
      bus.publish(a, newsOf(1));
      const arrivals = bus.listen(a, new AbortController().signal);
      bus.publish(b, newsOf(2));
      bus.publish(a, newsOf(7));
      expect(await first(arrivals)).toEqual(newsOf(7));
    });

    it("merges what a slow listener has not read, and keeps a bounded amount of it", async () => {
      const bus = open();
      const heard = bus.listen(a, new AbortController().signal)[Symbol.asyncIterator]();
      bus.publish(a, newsOf(1));
      bus.publish(a, newsOf(2));
      expect((await heard.next()).value).toEqual({ upTo: 2, events: [event(1), event(2)] });

      for (let seq = 3; seq <= 1_000; seq++) bus.publish(a, newsOf(seq));
      const letter: News = (await heard.next()).value;
      expect(letter.upTo).toBe(1_000);
      expect(letter.events.length).toBeLessThanOrEqual(256);
    });

    it("ends the listening when it is told to", async () => {
      const listening = new AbortController();
      const heard = open().listen(a, listening.signal)[Symbol.asyncIterator]();
      const next = heard.next();
      listening.abort();
      expect((await next).done).toBe(true);
    });

    it("tells nothing to who has ended the listening before it began", async () => {
      const bus = open();
      const arrivals = bus.listen(a, AbortSignal.abort());
      bus.publish(a, newsOf(1));
      expect(await first(arrivals)).toBeUndefined();
    });

    it("knows whom somebody listens to", () => {
      const [bus, tenant, listening] = [open(), anyTenant(), new AbortController()];
      bus.listen(tenant, listening.signal);
      expect(bus.heard()).toContain(tenant);
      listening.abort();
      expect(bus.heard()).not.toContain(tenant);
    });

    it("takes news of a tenant that nobody listens to", () => {
      expect(() => open().publish(anyTenant(), newsOf(1))).not.toThrow();
    });

    it("tells everybody who listens, each at their own speed", async () => {
      const bus = open();
      const [quick, slow] = [earOn(bus, a), bus.listen(a, new AbortController().signal)];
      for (const seq of [1, 2, 3]) {
        bus.publish(a, newsOf(seq));
        await quick.until(seq);
      }
      expect(quick.letters).toEqual([1, 2, 3].map((seq) => newsOf(seq)));
      expect((await first(slow)).upTo).toBe(3);
      await quick.stop();
    });
  });
}

/**
 * What buses of several processes promise each other.
 *
 * @param name Shown in the report.
 * @param open Makes another bus, as another process would, that hears the others by the time it is given back.
 */
export function sharedBusSuite(name: string, open: () => Promise<Bus>): void {
  describe(`${name} between processes:`, () => {
    it("tells the others how far the journal goes, and never what is in it", async () => {
      const [here, there] = await Promise.all([open(), open()]);
      const tenant = anyTenant();
      const ear = earOn(there, tenant);
      here.publish(tenant, newsOf(4, "flag.changed"));
      await ear.until(4);
      expect(ear.letters[0]).toMatchObject({ upTo: 4, events: [], about: ["flag.changed"] });
      await ear.stop();
    });

    it("tells the others of a burst at once, and of its rest together", async () => {
      const [here, there] = await Promise.all([open(), open()]);
      const tenant = anyTenant();
      const ear = earOn(there, tenant);
      for (let seq = 1; seq <= 49; seq++) here.publish(tenant, newsOf(seq));
      here.publish(tenant, newsOf(50, "flag.changed"));
      await ear.until(50);
      expect(ear.letters.length).toBeLessThan(10);
      await ear.stop();
    });

    it("tells the others too what nobody here listens to, by what it is about", async () => {
      const [here, there] = await Promise.all([open(), open()]);
      const tenant = anyTenant();
      const ear = earOn(there, tenant);
      here.publish(tenant, { upTo: 9, events: [], about: ["key.changed"] });
      await ear.until(9);
      expect(ear.letters[0]).toMatchObject({ upTo: 9, events: [], about: ["key.changed"] });
      await ear.stop();
    });

    it("tells who listens in this process at once, with the events, and not again what it said itself", async () => {
      const [here, there] = await Promise.all([open(), open()]);
      const tenant = anyTenant();
      const [near, far] = [earOn(here, tenant), earOn(there, tenant)];
      here.publish(tenant, newsOf(1));
      here.publish(tenant, newsOf(2));
      await Promise.all([near.until(2), far.until(2)]);
      there.publish(tenant, newsOf(3));
      await near.until(3); // had anything come back, it would have come before
      expect(near.letters.slice(0, -1).flatMap(({ events }) => events)).toEqual([event(1), event(2)]);
      await Promise.all([near.stop(), far.stop()]);
    });

    it("keeps to itself what was only read from the journal's head", async () => {
      const [here, there] = await Promise.all([open(), open()]);
      const tenant = anyTenant();
      const ear = earOn(there, tenant);
      here.publish(tenant, { upTo: 9, events: [] });
      here.publish(tenant, newsOf(3));
      await ear.until(3);
      expect(ear.reaches()).toBe(3);
      await ear.stop();
    });

    it("tells each tenant's listeners of their tenant only", async () => {
      const [here, there] = await Promise.all([open(), open()]);
      const [mine, other] = [anyTenant(), anyTenant()];
      const ear = earOn(there, mine);
      here.publish(other, newsOf(8));
      here.publish(mine, newsOf(2));
      await ear.until(2);
      expect(ear.reaches()).toBe(2);
      await ear.stop();
    });
  });
}
