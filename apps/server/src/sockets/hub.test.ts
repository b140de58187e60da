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

const taken = (seq: number, resourceId = `r${seq}`, holderId = "ann") =>
  ({
    seq,
    type: "code.redeemed",
    payload: { purpose: "check_out", resourceId, holderId, dueAt: "later", resourceVersion: seq },
  }) as unknown as TenantEvent;

/** A hub over a journal in memory. */
function hubOf({ state = [] as Availability[], gatherMs = 0 } = {}) {
  const bus = inProcessBus();
  const written: TenantEvent[] = [];
  const journal = {
    head: async () => written.length,
    since: async (seen: number, limit: number) => written.slice(seen, seen + limit),
  };
  const platform = {
    bus,
    openTenant: () => ({ journal, resources: { availability: async () => state } }),
  } as unknown as Platform;
  const left: string[] = [];
  const rights: TenantId[] = [];
  const hub = openHub({
    platform,
    gatherMs,
    counts: { listening() {}, told() {}, leftOut: (topic) => left.push(topic), wrote() {} },
    onRights: (tenant) => rights.push(tenant),
    onTrouble(cause) {
      throw cause;
    },
  });
  return {
    hub,
    left,
    rights,
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
});
