import {
  type Caller,
  changesRights,
  type Feed,
  type Listener,
  openFeed,
  type Platform,
  type State,
  type Told,
  type Topic,
} from "@tessera/api";
import type { Resync, TenantEvent, TenantId } from "@tessera/contracts";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { SocketMetrics } from "../metrics/sockets.ts";
import { attendance } from "./attendance.ts";
import { gathering, type Held } from "./gathering.ts";
import { frameOf, Room, type Seat, tailOf } from "./room.ts";

/** Who wants to hear what. */
export interface Newcomer {
  seat: Seat;
  topic: Topic;
  caller: Caller;
  seen: number | null;
  onTrouble(cause: unknown): void;
}

export interface HallOptions {
  platform: Pick<Platform, "bus" | "openTenant" | "flags" | "now">;
  gatherMs: number;
  counts: Pick<SocketMetrics, "listening" | "told" | "leftOut" | "wrote">;
  /** Something happened to the rights of somebody in the tenant. Called before those who attend are told. */
  onRights(tenant: TenantId): void;
  /** A journal could not be read; it is tried again. */
  onTrouble(cause: unknown): void;
}

/** All rooms of one tenant, told by one reader of its journal. */
export interface Hall {
  join(newcomer: Newcomer): void;
  /** Of `Hub`, by the id of the member or device. */
  attend(id: string, onRights: () => void): () => void;
  /** For who has joined. */
  leave(seat: Seat): void;
  close(): void;
}

/** A first message, and the number of the last event that may be in it. */
interface First {
  seen: number;
  tail: string;
}

const AGAIN_MS = 250;

/** @param onEmpty Called when the last one has left: it is closed then. */
export function openHall(tenantId: TenantId, options: HallOptions, onEmpty: () => void): Hall {
  const { platform, counts, gatherMs } = options;
  const tenant = platform.openTenant(tenantId as unknown as TenantScope);
  const rooms = new Map<string, Room>();
  const ending = new AbortController();
  const gather = gathering<Room>(gatherMs);
  /** States that were read because an event asked for them, by the room they are for, until they are told. */
  const ready = new Map<string, State>();
  const reading = new Map<string, Promise<First>>();
  const listener = (caller: Caller): Listener => ({ caller, tenant, flags: platform.flags });
  const attending = attendance();
  let here = 0;

  const opening: Promise<Feed> = openFeed({
    journal: tenant.journal,
    listen: (until) => platform.bus.listen(tenantId, until),
    signal: ending.signal,
    prepare(event) {
      const wanting = [...rooms].filter(([, { topic, isEmpty }]) => !isEmpty && topic.wantsState(event));
      if (wanting.length === 0) return null;
      return Promise.all(
        wanting.map(async ([name, { topic, caller }]) => {
          if (topic.state) ready.set(name, await topic.state(listener(caller)));
        }),
      ).then(() => undefined);
    },
    tell,
    onTrouble(cause) {
      options.onTrouble(cause);
      return new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref());
    },
  });
  opening.catch(close); // those who wait in `join` are told

  function tell(event: TenantEvent | Resync): void {
    if (changesRights(event)) tellRights(event.entityId);
    if (event.type === "address.blocked") attending.tellAll(); // who is where, each line knows itself
    const held: Held = {
      seen: event.seq - 1,
      since: performance.now(),
      decidedAt: event.type === "resync" ? null : Date.parse(event.at),
    };
    let last: { data: Told["data"] | null; tail: string } = { data: null, tail: "" };
    for (const [name, room] of rooms) {
      if (room.isEmpty) {
        rooms.delete(name);
        continue;
      }
      const state = ready.get(name);
      if (!state && room.topic.wantsState(event)) {
        bringAnew(room); // they came while the state was read for the others
        continue;
      }
      const data = state ?? room.hears(event);
      if (!data) continue;
      if (event.type === "resync")
        gather.release(room); // all that was held is made up for
      else if (room.topic.state && gather.holds(room, held, () => void tellGathered(room))) continue;
      if (last.data !== data) last = { data, tail: tailOf({ seq: event.seq, data }) };
      write(room, last.tail, held);
    }
    ready.clear();
  }

  function tellRights(id: string): void {
    options.onRights(tenantId);
    attending.tell(id);
  }

  function write(room: Room, tail: string, { seen, since, decidedAt }: Held): void {
    const { path } = room.topic;
    const told = room.tell(tail, (seat) => {
      room.remove(seat);
      counts.leftOut(path);
      seat.line.whenDrained(() => void makeUp(room, seat, seen));
    });
    counts.told(path, told);
    counts.wrote(path, performance.now() - since, decidedAt === null ? null : platform.now().getTime() - decidedAt);
  }

  /** From a state on, each for themselves: a state must not take the place of what was told while it was read. */
  function bringAnew(room: Room): void {
    const { topic, caller } = room;
    for (const seat of room.clear()) void bring({ seat, topic, caller, seen: null, onTrouble: options.onTrouble });
  }

  /** What was held back for a moment goes out as one. Who came meanwhile hears again what they were told on coming. */
  async function tellGathered(room: Room): Promise<void> {
    const feed = await opening;
    const held = gather.release(room);
    if (!held) return;
    const data = room.topic.summary(feed.after(held.seen), feed.last());
    if (data === "state") bringAnew(room);
    else if (data) write(room, tailOf({ seq: feed.last(), data }), held);
  }

  /** Somebody who was left out has read what waited. */
  async function makeUp({ topic, caller }: Room, seat: Seat, seen: number): Promise<void> {
    const feed = await opening;
    if (seat.isGone) return;
    const upTo = feed.last();
    const data = topic.summary(feed.after(seen), upTo);
    if (data === "state") return bring({ seat, topic, caller, seen: null, onTrouble: options.onTrouble });
    if (data) seat.line.write(frameOf(seat.requestId, tailOf({ seq: upTo, data })));
    enter(seat, topic, caller);
  }

  function enter(seat: Seat, topic: Topic, caller: Caller): void {
    const name = nameOf(topic, caller);
    const room = rooms.get(name) ?? new Room(topic, caller);
    rooms.set(name, room);
    room.add(seat);
  }

  /** The state is read once for all who come while it is read. */
  function stateNow(topic: Topic, caller: Caller, feed: Feed): Promise<First> {
    const name = nameOf(topic, caller);
    const underWay = reading.get(name);
    if (underWay) return underWay;
    const seen = feed.last(); // before the read: what comes meanwhile is told after it
    const read = (topic.state?.(listener(caller)) ?? Promise.reject(new Error(`${topic.path} has no state`)))
      .then((data) => ({ seen, tail: tailOf({ seq: seen, data }) }))
      .finally(() => reading.delete(name));
    reading.set(name, read);
    return read;
  }

  /** Brings somebody from where they are to where everybody is. */
  async function bring({ seat, topic, caller, seen, onTrouble }: Newcomer): Promise<void> {
    const say = (tail: string) => {
      seat.line.write(frameOf(seat.requestId, tail));
      counts.told(topic.path, 1);
    };
    try {
      const feed = await opening;
      let from = seen ?? feed.last();
      if (topic.state && seen === null) {
        const state = await stateNow(topic, caller, feed);
        if (seat.isGone) return;
        from = state.seen;
        say(state.tail);
      }
      const missed = await missedBy(seat, from, feed, (events) => {
        if (events.some(topic.wantsState)) return;
        for (const event of events) {
          const data = topic.tell(event, caller);
          if (data) say(tailOf({ seq: event.seq, data }));
        }
        enter(seat, topic, caller);
      });
      if (missed.some(topic.wantsState)) await bring({ seat, topic, caller, seen: null, onTrouble });
    } catch (cause) {
      if (!seat.isGone) onTrouble(cause);
    }
  }

  /** @param atOnce Gets them in the moment in which none is missing. */
  async function missedBy(seat: Seat, from: number, feed: Feed, atOnce: (events: Missed) => void): Promise<Missed> {
    if (seat.isGone) return [];
    const atHand = feed.after(from);
    if (atHand) {
      atOnce(atHand); // nearly always: nothing has to be waited for
      return atHand;
    }
    const missed: Array<TenantEvent | Resync> = [];
    const leaving = new AbortController();
    seat.whenGone = () => leaving.abort();
    await feed.catchUp(
      from,
      (event) => missed.push(event),
      () => atOnce(missed),
      leaving.signal,
    );
    seat.whenGone = null;
    return leaving.signal.aborted ? [] : missed;
  }

  function close(): void {
    ending.abort();
    gather.close();
    onEmpty();
  }

  function left(): void {
    here--;
    if (here === 0) close();
  }

  return {
    join(newcomer) {
      here++;
      void bring(newcomer);
    },
    leave(seat) {
      seat.room?.remove(seat);
      left();
    },
    attend(id, onRights) {
      here++;
      const leave = attending.enter(id, onRights);
      return () => {
        leave();
        left();
      };
    },
    close,
  };
}

const nameOf = (topic: Topic, caller: Caller): string => `${topic.path} ${topic.audienceOf(caller)}`;

type Missed = ReadonlyArray<TenantEvent | Resync>;
