import type { TenantEvent, TenantId } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import type { News } from "./bus.ts";
import { follow, type Journal, MOST_REPLAYED } from "./follow.ts";
import { inProcessBus } from "./in-process-bus.ts";

const event = (seq: number) => ({ seq, type: "device.paired" }) as TenantEvent;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => event(from + index));

/** A journal that reaches `head`, and counts how often it was read. */
function journalTo(head: number) {
  const journal = {
    reads: 0,
    reaches: head,
    since: async (seen: number, limit: number) => {
      journal.reads++;
      return range(seen + 1, journal.reaches).slice(0, limit);
    },
    head: async () => journal.reaches,
  };
  return journal satisfies Journal;
}

async function* arriving(...news: News[]) {
  yield* news;
}

const seqsOf = async (events: AsyncIterable<{ seq: number }>) => {
  const seqs: number[] = [];
  for await (const { seq } of events) seqs.push(seq);
  return seqs;
};

describe("following a journal", () => {
  it("tells what was missed first, then what arrives, each once and in order", async () => {
    const arrivals = arriving({ upTo: 3, events: range(2, 3) }, { upTo: 4, events: range(4, 4) });
    expect(await seqsOf(follow(journalTo(3), arrivals, 0))).toEqual([1, 2, 3, 4]);
  });

  it("reads the journal only once while nothing is lost", async () => {
    const journal = journalTo(2);
    const arrivals = arriving({ upTo: 3, events: range(3, 3) }, { upTo: 5, events: range(4, 5) });
    expect(await seqsOf(follow(journal, arrivals, 2))).toEqual([3, 4, 5]);
    expect(journal.reads).toBe(1);
  });

  it("reads the journal again when an arrival skips a number", async () => {
    const journal = journalTo(1);
    async function* gappy() {
      journal.reaches = 4;
      yield { upTo: 4, events: range(4, 4) };
    }
    expect(await seqsOf(follow(journal, gappy(), 1))).toEqual([2, 3, 4]);
  });

  it("reads the journal when news comes without its events", async () => {
    const journal = journalTo(1);
    async function* bare() {
      journal.reaches = 3;
      yield { upTo: 3, events: [] };
    }
    expect(await seqsOf(follow(journal, bare(), 1))).toEqual([2, 3]);
  });

  it("sends one resync in place of a long backlog, and goes on from there", async () => {
    const journal = journalTo(MOST_REPLAYED + 10);
    const next = MOST_REPLAYED + 11;
    const told = follow(journal, arriving({ upTo: next, events: [event(next)] }), 0);
    expect(await told.next()).toEqual({ done: false, value: { seq: next - 1, type: "resync" } });
    expect(await seqsOf(told)).toEqual([next]);
  });
});

describe("the bus of one process", () => {
  const [a, b] = ["a" as TenantId, "b" as TenantId];

  it("tells a listener from the moment it listens, and only of its tenant", async () => {
    const bus = inProcessBus();
    const heard = bus.listen(a, new AbortController().signal)[Symbol.asyncIterator]();
    bus.publish(b, { upTo: 1, events: [] });
    bus.publish(a, { upTo: 7, events: [] });
    expect((await heard.next()).value).toEqual({ upTo: 7, events: [] });
  });

  it("merges what a slow listener has not read, and keeps a bounded amount of it", async () => {
    const bus = inProcessBus();
    const heard = bus.listen(a, new AbortController().signal)[Symbol.asyncIterator]();
    bus.publish(a, { upTo: 1, events: range(1, 1) });
    bus.publish(a, { upTo: 2, events: range(2, 2) });
    expect((await heard.next()).value).toEqual({ upTo: 2, events: range(1, 2) });

    for (let seq = 3; seq <= 1_000; seq++) bus.publish(a, { upTo: seq, events: range(seq, seq) });
    const letter: News = (await heard.next()).value;
    expect(letter.upTo).toBe(1_000);
    expect(letter.events.length).toBeLessThanOrEqual(256);
  });

  it("ends the listening when it is told to", async () => {
    const listening = new AbortController();
    const heard = inProcessBus().listen(a, listening.signal)[Symbol.asyncIterator]();
    const next = heard.next();
    listening.abort();
    expect((await next).done).toBe(true);
  });
});
