import { type Caller, type Platform, type Told, topics } from "@tessera/api";
import type { Availability, TenantEvent, TenantId } from "@tessera/contracts";
import { inProcessBus } from "@tessera/domain/events/in-process-bus";
import { describe, expect, it } from "vitest";
import { openHub } from "./hub.ts";
import type { Line } from "./line.ts";
import type { Seat } from "./room.ts";

const TENANT = { id: "tenant" as TenantId, name: "Tool library" };
const DESK = { kind: "device", deviceId: "desk", name: "Desk", tenant: TENANT } as unknown as Caller;
const member = (memberId: string) =>
  ({ kind: "member", role: "member", memberId, tenant: TENANT }) as unknown as Caller;

const NOON = Date.parse("2026-11-24T12:00:00Z");

const taken = (seq: number, resourceId = `r${seq}`, holderId = "ann") =>
  ({
    seq,
    type: "code.redeemed",
    at: new Date(NOON + seq).toISOString(),
    payload: { purpose: "check_out", resourceId, holderId, dueAt: "later", resourceVersion: seq },
  }) as unknown as TenantEvent;

const switched = (seq: number) =>
  ({
    seq,
    type: "flag.changed",
    payload: { key: "qr-checkout-enabled", enabled: false, revision: seq },
  }) as TenantEvent;

/** Something that can be made to wait. */
function pausing() {
  let until = Promise.resolve();
  let isAsked = () => {};
  const one = {
    asked: Promise.resolve(),
    begin() {
      until = new Promise((resolve) => {
        one.end = resolve;
      });
      one.asked = new Promise((resolve) => {
        isAsked = resolve;
      });
    },
    end() {},
    pass() {
      isAsked();
      return until;
    },
  };
  return one;
}

/** A hub over a journal in memory. The newest revision of its flags is the number of the newest event, once it is read. */
function hubOf({ state = [] as Availability[], gatherMs = 0 } = {}) {
  const bus = inProcessBus();
  const written: TenantEvent[] = [];
  const journal = {
    head: async () => written.length,
    since: async (seen: number, limit: number) => written.slice(seen, seen + limit),
  };
  const board = { revision: 0 };
  const slowly = pausing();
  const flags = {
    decide: (key: string) => ({ key, revision: board.revision, bucket: null }),
    reaches: (key: string) => ({ key, revision: board.revision, bucket: null }),
    async refresh() {
      board.revision = written.length;
    },
  };
  const platform = {
    bus,
    flags,
    now: () => new Date(NOON + 300),
    openTenant: () => ({ journal, resources: { availability: () => slowly.pass().then(() => state) } }),
  } as unknown as Platform;
  const left: string[] = [];
  const late: Array<number | null> = [];
  const rights: TenantId[] = [];
  const hub = openHub({
    platform,
    gatherMs,
    counts: {
      listening() {},
      told() {},
      leftOut: (topic) => left.push(topic),
      wrote: (_topic, _arrived, decided) => late.push(decided),
    },
    onRights: (tenant) => rights.push(tenant),
    onTrouble(cause) {
      throw cause;
    },
  });
  return {
    hub,
    left,
    late,
    rights,
    slowly,
    /** As another process would: this one hears only how far the journal goes. */
    writeElsewhere: (...events: TenantEvent[]) => {
      written.push(...events);
      bus.publish(TENANT.id, { upTo: written.length, events: [] });
    },
    write: (...events: TenantEvent[]) => {
      written.push(...events);
      bus.publish(TENANT.id, { upTo: written.length, events });
    },
  };
}

/** Somebody on a line that can be made slow. */
function reader(
  hub: ReturnType<typeof hubOf>["hub"],
  path: string,
  caller: Caller,
  seen: number | null,
  requestId = 1,
) {
  const heard: Array<{ id: string; data: Told["data"] }> = [];
  const waiting = new Map<string, () => void>();
  const frames: Buffer[] = [];
  const line = {
    isBehind: false,
    drained: () => {},
    write(frame: Buffer) {
      frames.push(frame);
      const { data } = JSON.parse(frame.subarray(frame[1] === 126 ? 4 : 2).toString()).result;
      heard.push(data);
      waiting.get(data.id)?.();
    },
    whenDrained(then: () => void) {
      line.drained = () => {
        line.isBehind = false;
        then();
      };
    },
  };
  const seat: Seat = { line: line as unknown as Line, requestId, room: null, isGone: false, whenGone: null };
  const topic = topics.get(path);
  if (!topic) throw new Error(`no topic ${path}`);
  hub.join(seat, topic, caller, seen, (cause) => {
    throw cause;
  });
  return {
    heard,
    frames,
    line,
    seat,
    ids: () => heard.map(({ id }) => Number(id)),
    until: (id: number) =>
      heard.some((one) => Number(one.id) >= id)
        ? Promise.resolve()
        : new Promise<void>((resolve) => waiting.set(String(id), resolve)),
  };
}

describe("the hub", () => {
  it("writes the very same bytes to all who have the same number, and to others the same message with theirs", async () => {
    const { hub, write } = hubOf();
    const [a, b, c] = [1, 1, 2].map((id) => reader(hub, "live.events", DESK, 0, id));
    write(taken(1));
    await Promise.all([a?.until(1), b?.until(1), c?.until(1)]);
    write(taken(2));
    await Promise.all([a?.until(2), b?.until(2), c?.until(2)]);
    expect(a?.frames.at(-1)).toBe(b?.frames.at(-1));
    expect(c?.frames.at(-1)).not.toBe(b?.frames.at(-1));
    expect(c?.heard).toEqual(a?.heard);
  });

  it("tells a member what is about them only", async () => {
    const { hub, write } = hubOf();
    const ann = reader(hub, "live.events", member("ann"), 0);
    const bob = reader(hub, "live.events", member("bob"), 0);
    write(taken(1, "saw", "ann"), taken(2, "drill", "bob"), taken(3, "saw", "ann"));
    await ann.until(3);
    expect(ann.ids()).toEqual([1, 3]);
    expect(bob.ids()).toEqual([2]);
  });

  it("makes up for events that a slow reader could not be told with one resync, and goes on from there", async () => {
    const { hub, write, left } = hubOf();
    const slow = reader(hub, "live.events", DESK, 0);
    const quick = reader(hub, "live.events", DESK, 0);
    write(taken(1));
    await Promise.all([slow.until(1), quick.until(1)]);
    slow.line.isBehind = true;
    for (let seq = 2; seq <= 9; seq++) write(taken(seq));
    await quick.until(9);
    slow.line.drained();
    await slow.until(9);
    write(taken(10));
    await slow.until(10);
    expect(quick.ids()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(slow.ids()).toEqual([1, 9, 10]);
    expect(slow.heard[1]?.data).toEqual({ seq: 9, type: "resync" });
    expect(left).toEqual(["live.events"]);
  });

  it("makes up for availability with the newest state of each thing that changed", async () => {
    const { hub, write } = hubOf();
    const slow = reader(hub, "live.availability", DESK, 0);
    const quick = reader(hub, "live.availability", DESK, 0);
    write(taken(1));
    await Promise.all([slow.until(1), quick.until(1)]);
    slow.line.isBehind = true;
    write(taken(2, "saw"), taken(3, "drill"), taken(4, "saw"));
    await quick.until(4);
    slow.line.drained();
    await slow.until(4);
    expect(slow.ids()).toEqual([1, 4]);
    expect(slow.heard[1]?.data).toMatchObject({
      complete: false,
      resources: [
        { resourceId: "saw", version: 4 },
        { resourceId: "drill", version: 3 },
      ],
    });
  });

  it("reads the state anew for a slow reader who missed more than is kept", async () => {
    const { hub, write } = hubOf({ state: [{ resourceId: "saw" } as Availability] });
    const slow = reader(hub, "live.availability", DESK, 0);
    const quick = reader(hub, "live.availability", DESK, 0);
    write(taken(1));
    await Promise.all([slow.until(1), quick.until(1)]);
    slow.line.isBehind = true;
    for (let seq = 2; seq <= 1_500; seq++) {
      write(taken(seq));
      await quick.until(seq);
    }
    slow.line.drained();
    await slow.until(1_500);
    expect(slow.heard.at(-1)?.data).toEqual({ resources: [{ resourceId: "saw" }], complete: true });
  });

  it("gathers a burst of changes of availability into one message after the first", async () => {
    const { hub, write } = hubOf({ gatherMs: 5 });
    const one = reader(hub, "live.availability", DESK, 0);
    write(taken(1));
    await one.until(1);
    write(taken(2), taken(3), taken(4, "r3"));
    await one.until(4);
    expect(one.ids().at(-1)).toBe(4);
    expect(one.heard.length).toBeLessThan(4);
    const states = one.heard.flatMap(({ data }) => ("resources" in data ? data.resources : []));
    expect(states.map(({ version }) => version)).toContain(4);
  });

  it("knows how long ago what it writes was decided, from the oldest of what is gathered", async () => {
    const { hub, write, late } = hubOf({ gatherMs: 5 });
    const one = reader(hub, "live.availability", DESK, 0);
    write(taken(1));
    await one.until(1);
    write(taken(2), taken(3));
    await one.until(3);
    expect(late).toEqual([299, 298]);
  });

  it("says nothing more to who has left, and keeps nothing of them", async () => {
    const { hub, write } = hubOf();
    const gone = reader(hub, "live.events", DESK, 0);
    const stays = reader(hub, "live.events", DESK, 0);
    write(taken(1));
    await Promise.all([gone.until(1), stays.until(1)]);
    hub.leave(gone.seat);
    hub.leave(gone.seat);
    write(taken(2));
    await stays.until(2);
    expect(gone.ids()).toEqual([1]);
  });

  it("tells those whose rights changed, and nobody else, also when they listen to nothing", async () => {
    const { hub, write, rights } = hubOf();
    const told: string[] = [];
    const leaves = ["ann", "bob"].map((id) => hub.attend(member(id), () => told.push(id)));
    const desk = reader(hub, "live.events", DESK, 0);
    const happened = (seq: number, type: string, entityId: string) =>
      ({ seq, type, entityId, payload: {} }) as unknown as TenantEvent;
    write(happened(1, "member.changed", "ann"));
    await desk.until(1);
    expect([told, rights]).toEqual([["ann"], [TENANT.id]]);

    leaves[0]?.();
    write(
      happened(2, "member.changed", "ann"),
      happened(3, "device.paired", "bob"),
      happened(4, "device.blocked", "x"),
    );
    await desk.until(4);
    expect(told).toEqual(["ann"]);
  });

  const revisionsOf = ({ heard }: ReturnType<typeof reader>) =>
    heard.flatMap(({ data }) => ("flags" in data ? (data.flags[0]?.revision ?? []) : []));

  it("tells every flag at first and again when one has changed, never as it was before", async () => {
    const { hub, write } = hubOf();
    const one = reader(hub, "live.flags", DESK, null);
    await one.until(0);
    write(taken(1), switched(2));
    await one.until(2);
    write(taken(3));
    write(switched(4));
    await one.until(4);
    expect(one.ids()).toEqual([0, 2, 4]);
    expect(revisionsOf(one)).toEqual([0, 2, 4]);
  });

  it("tells who comes back that flags have changed meanwhile, once", async () => {
    const { hub, write } = hubOf();
    write(switched(1), switched(2), taken(3));
    const one = reader(hub, "live.flags", DESK, 0);
    const upToDate = reader(hub, "live.flags", DESK, 2);
    await one.until(3);
    write(switched(4));
    await Promise.all([one.until(4), upToDate.until(4)]);
    expect(revisionsOf(one)).toEqual([3, 4]);
    expect(revisionsOf(upToDate)).toEqual([4]);
  });

  it("gathers a burst of changes of flags into one message after the first", async () => {
    const { hub, write } = hubOf({ gatherMs: 5 });
    const one = reader(hub, "live.flags", DESK, null);
    await one.until(0);
    for (let seq = 1; seq <= 20; seq++) write(switched(seq));
    await one.until(20);
    expect(one.heard.length).toBeLessThan(20);
    expect(revisionsOf(one).at(-1)).toBe(20);
  });

  it("forgets nobody who comes while a state is read for others", async () => {
    const { hub, writeElsewhere, slowly } = hubOf();
    const early = reader(hub, "live.availability", DESK, null);
    await early.until(0);
    slowly.begin();
    writeElsewhere(...Array.from({ length: 501 }, (_, index) => switched(index + 1))); // too many to be told one by one
    await slowly.asked;
    const late = reader(hub, "live.flags", DESK, 0);
    await new Promise((resolve) => setImmediate(resolve)); // it is let in meanwhile
    slowly.end();
    await Promise.all([early.until(501), late.until(501)]);
    expect(revisionsOf(late)).toEqual([501]);
  });
});
