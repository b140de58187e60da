import { liveTopics, type TenantEvent } from "@tessera/contracts";
import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import { describe, expect, it } from "vitest";
import type { Caller } from "../platform.ts";
import { toldSince } from "./since.ts";
import { topics } from "./topics.ts";

const desk = { kind: "device" } as Caller;
const member = { kind: "member", role: "member", memberId: "ann" } as Caller;

const redeemed = (seq: number, holderId = "ann") =>
  ({
    seq,
    type: "code.redeemed",
    payload: { holderId, purpose: "check_out", resourceId: `thing ${seq}`, dueAt: "later", resourceVersion: seq },
  }) as unknown as TenantEvent;
const paired = (seq: number) => ({ seq, type: "device.paired" }) as TenantEvent;

/** A tenant in which these things happened, and how often it was asked. */
function tenantWith(...story: TenantEvent[]) {
  const asked = { since: 0, head: 0, state: 0 };
  const tenant = {
    journal: {
      async since(seen: number, limit: number) {
        asked.since++;
        return story.filter(({ seq }) => seq > seen).slice(0, limit);
      },
      async head() {
        asked.head++;
        return story.length;
      },
    },
    resources: {
      async availability() {
        asked.state++;
        return [];
      },
    },
  } as unknown as TenantRooms;
  return { tenant, asked };
}
const aStory = () => tenantWith(paired(1), redeemed(2), redeemed(3, "bob"));
const ids = (told: { items: { id: string }[] } | undefined) => told?.items.map(({ id }) => id);

describe("what was told since", () => {
  it("is, for who comes for the first time, the state of things and where to go on from", async () => {
    const { tenant } = aStory();
    const told = await toldSince({ caller: desk, tenant }, [{ topic: "events" }, { topic: "availability" }]);
    expect(told).toEqual([
      { items: [], lastEventId: "3" },
      { items: [{ id: "3", data: { resources: [], complete: true } }], lastEventId: "3" },
    ]);
  });

  it("is every message after the number, in order, for a topic each", async () => {
    const { tenant } = aStory();
    const [events, availability] = await toldSince({ caller: desk, tenant }, [
      { topic: "events", lastEventId: "0" },
      { topic: "availability", lastEventId: "1" },
    ]);
    expect(ids(events)).toEqual(["1", "2", "3"]);
    expect(availability?.items).toEqual(
      [2, 3].map((seq) => ({
        id: String(seq),
        data: {
          resources: [{ resourceId: `thing ${seq}`, state: "out", dueAt: "later", version: seq }],
          complete: false,
        },
      })),
    );
  });

  it("is for a member what concerns them, and goes on after what does not", async () => {
    const { tenant } = aStory();
    const [events] = await toldSince({ caller: member, tenant }, [{ topic: "events", lastEventId: "0" }]);
    expect(ids(events)).toEqual(["2"]);
    expect(events?.lastEventId).toBe("3");
  });

  it("costs one read of the journal, and nothing else, when nothing is new", async () => {
    const { tenant, asked } = aStory();
    const told = await toldSince({ caller: desk, tenant }, [
      { topic: "events", lastEventId: "3" },
      { topic: "availability", lastEventId: "3" },
    ]);
    expect(told).toEqual(Array(2).fill({ items: [], lastEventId: "3" }));
    expect(asked).toEqual({ since: 1, head: 0, state: 0 });
  });

  it("is one resync, and the state anew, in place of more than 500", async () => {
    const { tenant } = tenantWith(...Array.from({ length: 501 }, (_, index) => redeemed(index + 1)));
    const told = await toldSince({ caller: member, tenant }, [
      { topic: "events", lastEventId: "0" },
      { topic: "availability", lastEventId: "0" },
      { topic: "events", lastEventId: "1" },
    ]);
    expect(told.map(({ items }) => items.length)).toEqual([1, 1, 500]);
    expect(told[0]?.items).toEqual([{ id: "501", data: { seq: 501, type: "resync" } }]);
    expect(told[1]?.items).toEqual([{ id: "501", data: { resources: [], complete: true } }]);
  });

  it("can be asked of every topic that the hub has", () => {
    expect(liveTopics.map((topic) => `live.${topic}`).sort()).toEqual([...topics.keys()].sort());
  });
});
