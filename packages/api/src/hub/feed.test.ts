import type { Resync, TenantEvent, TenantId } from "@tessera/contracts";
import { inProcessBus } from "@tessera/domain/events/in-process-bus";
import { describe, expect, it } from "vitest";
import { openFeed } from "./feed.ts";

const TENANT = "tenant" as TenantId;
const event = (seq: number) => ({ seq, type: "device.paired" }) as TenantEvent;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => event(from + index));
const never = new AbortController().signal;

/** A feed of a journal that can be made to grow, and to fail. */
async function feedAt(head: number) {
  const bus = inProcessBus();
  const told: Array<TenantEvent | Resync> = [];
  const ending = new AbortController();
  const journal = {
    reaches: head,
    reads: 0,
    trouble: null as Error | null,
    head: async () => journal.reaches,
    since: async (seen: number, limit: number) => {
      journal.reads++;
      if (journal.trouble) throw journal.trouble;
      return range(seen + 1, journal.reaches).slice(0, limit);
    },
  };
  const troubles: unknown[] = [];
  const reached = new Map<number, () => void>();
  const feed = await openFeed({
    journal,
    listen: (until) => bus.listen(TENANT, until),
    signal: ending.signal,
    prepare: () => null,
    tell: (one) => {
      told.push(one);
      reached.get(one.seq)?.();
    },
    onTrouble: async (cause) => {
      troubles.push(cause);
      journal.trouble = null;
    },
  });
  const until = (seq: number) =>
    feed.last() >= seq ? Promise.resolve() : new Promise<void>((resolve) => reached.set(seq, resolve));
  async function grow(to: number, withEvents = true) {
    const from = journal.reaches + 1;
    journal.reaches = to;
    bus.publish(TENANT, { upTo: to, events: withEvents ? range(from, to) : [] });
    await until(to);
  }
  return { feed, journal, told, troubles, ending, grow, until };
}

/** What a newcomer hears who has seen `seen`. */
async function newcomer({ feed }: Awaited<ReturnType<typeof feedAt>>, seen: number, signal = never) {
  const heard: Array<TenantEvent | Resync> = [];
  let settledAt: number | null = null;
  await feed.catchUp(
    seen,
    (one) => heard.push(one),
    () => {
      settledAt = feed.last();
    },
    signal,
  );
  return { heard: heard.map(({ seq, type }) => (type === "resync" ? `resync ${seq}` : seq)), settledAt };
}

describe("a feed", () => {
  it("tells what comes, each once and in order, from the journal's head on", async () => {
    const one = await feedAt(3);
    await one.grow(5);
    await one.grow(6, false);
    expect(one.told.map(({ seq }) => seq)).toEqual([4, 5, 6]);
  });

  it("tells a newcomer from memory what it has just told the others, without asking the journal", async () => {
    const one = await feedAt(3);
    await one.grow(9);
    const { reads } = one.journal;
    expect(await newcomer(one, 5)).toEqual({ heard: [6, 7, 8, 9], settledAt: 9 });
    expect(one.journal.reads).toBe(reads);
  });

  it("reads the journal for what was before its time", async () => {
    const one = await feedAt(3);
    await one.grow(4);
    expect(await newcomer(one, 0)).toEqual({ heard: [1, 2, 3, 4], settledAt: 4 });
  });

  it("sends a resync in place of more than 500", async () => {
    expect(await newcomer(await feedAt(600), 10)).toEqual({ heard: ["resync 600"], settledAt: 600 });
  });

  it("lets a newcomer who knows more than the feed wait until the feed knows it too", async () => {
    const one = await feedAt(3);
    one.journal.reaches = 7; // written, but the bus has not said so yet
    const late = newcomer(one, 5);
    await one.grow(8, false);
    const { heard, settledAt } = await late;
    const fromThenOn = one.told.map(({ seq }) => seq).filter((seq) => seq > Number(settledAt));
    expect([...heard, ...fromThenOn]).toEqual([6, 7, 8]);
  });

  it("lets go of a newcomer who leaves while waiting", async () => {
    const leaving = new AbortController();
    const waiting = newcomer(await feedAt(3), 99, leaving.signal);
    leaving.abort();
    expect(await waiting).toEqual({ heard: [], settledAt: null });
  });

  it("goes on where it was after the journal could not be read", async () => {
    const one = await feedAt(3);
    one.journal.trouble = new Error("the database is away");
    await one.grow(6, false);
    expect(one.told.map(({ seq }) => seq)).toEqual([4, 5, 6]);
    expect(one.troubles).toHaveLength(1);
  });

  it("keeps a bounded number of events, and reads the older ones", async () => {
    const one = await feedAt(0);
    for (let seq = 1; seq <= 1_100; seq++) await one.grow(seq);
    expect(one.feed.after(0)).toBeNull();
    expect(one.feed.after(700)).toHaveLength(400);
    expect((await newcomer(one, 650)).heard).toHaveLength(450);
  });
});
