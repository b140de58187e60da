import type { TenantEvent } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import type { News } from "./bus.ts";
import { follow, type Journal, MOST_REPLAYED } from "./follow.ts";

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
