import { flagKeys, liveTopics, type TenantEvent } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import type { Caller } from "../platform.ts";
import { type Asker, toldSince } from "./since.ts";
import { topics } from "./topics.ts";

const desk = { kind: "device", tenant: { id: "library" } } as Caller;
const member = { kind: "member", role: "member", memberId: "ann" } as Caller;

const redeemed = (seq: number, holderId = "ann") =>
  ({
    seq,
    type: "code.redeemed",
    payload: { holderId, purpose: "check_out", resourceId: `thing ${seq}`, dueAt: "later", resourceVersion: seq },
  }) as unknown as TenantEvent;
const switched = (seq: number) =>
  ({ seq, type: "flag.changed", payload: { key: flagKeys[0] } }) as unknown as TenantEvent;
const paired = (seq: number) => ({ seq, type: "device.paired" }) as TenantEvent;

/** A tenant in which these things happened, and how often it was asked. */
function tenantWith(...story: TenantEvent[]) {
  const asked = { since: 0, head: 0, state: 0, flags: 0 };
  const tenant: unknown = {
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
  };
  const flags: unknown = {
    async refresh() {
      asked.flags++;
    },
    decide: (key: string) => key,
  };
  return { tenant: tenant as Asker["tenant"], flags: flags as Asker["flags"], asked };
}
const aStory = () => tenantWith(paired(1), redeemed(2), redeemed(3, "bob"));
const ids = (told: { items: { id: string }[] } | undefined) => told?.items.map(({ id }) => id);

describe("what was told since", () => {
  it("is, for who comes for the first time, the state of things and where to go on from", async () => {
    const tenant = aStory();
    const told = await toldSince({ caller: desk, ...tenant }, [{ topic: "events" }, { topic: "availability" }]);
    expect(told).toEqual([
      { items: [], lastEventId: "3" },
      { items: [{ id: "3", data: { resources: [], complete: true } }], lastEventId: "3" },
    ]);
  });

  it("is every message after the number, in order, for a topic each", async () => {
    const tenant = aStory();
    const [events, availability] = await toldSince({ caller: desk, ...tenant }, [
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
    const tenant = aStory();
    const [events] = await toldSince({ caller: member, ...tenant }, [{ topic: "events", lastEventId: "0" }]);
    expect(ids(events)).toEqual(["2"]);
    expect(events?.lastEventId).toBe("3");
  });

  it("costs one read of the journal, and nothing else, when nothing is new", async () => {
    const { asked, ...tenant } = aStory();
    const told = await toldSince({ caller: desk, ...tenant }, [
      { topic: "events", lastEventId: "3" },
      { topic: "availability", lastEventId: "3" },
    ]);
    expect(told).toEqual(Array(2).fill({ items: [], lastEventId: "3" }));
    expect(asked).toEqual({ since: 1, head: 0, state: 0, flags: 0 });
  });

  it("is read once for all who ask meanwhile, and anew for who asks afterwards", async () => {
    const { asked, ...tenant } = aStory();
    const ask = (caller: Caller) => toldSince({ caller, ...tenant }, [{ topic: "events", lastEventId: "0" }]);
    const [first, second] = await Promise.all([ask(desk), ask(member)]);
    expect([ids(first[0]), ids(second[0])]).toEqual([["1", "2", "3"], ["2"]]);
    expect(asked.since).toBe(1);
    await ask(desk);
    expect(asked.since).toBe(2);
  });

  it("is one resync, and the state anew, in place of more than 500", async () => {
    const tenant = tenantWith(...Array.from({ length: 501 }, (_, index) => redeemed(index + 1)));
    const told = await toldSince({ caller: member, ...tenant }, [
      { topic: "events", lastEventId: "0" },
      { topic: "availability", lastEventId: "0" },
      { topic: "events", lastEventId: "1" },
    ]);
    expect(told.map(({ items }) => items.length)).toEqual([1, 1, 500]);
    expect(told[0]?.items).toEqual([{ id: "501", data: { seq: 501, type: "resync" } }]);
    expect(told[1]?.items).toEqual([{ id: "501", data: { resources: [], complete: true } }]);
  });

  it("is the flags as they are now for each time they changed, looked up once", async () => {
    const { asked, ...tenant } = tenantWith(switched(1), paired(2), switched(3));
    const [told] = await toldSince({ caller: desk, ...tenant }, [{ topic: "flags", lastEventId: "0" }]);
    expect(told?.items).toEqual(["1", "3"].map((id) => ({ id, data: { flags: [...flagKeys] } })));
    expect(asked.flags).toBe(1);
  });

  it("can be asked of every topic that the hub has", () => {
    expect(liveTopics.map((topic) => `live.${topic}`).sort()).toEqual([...topics.keys()].sort());
  });
});
