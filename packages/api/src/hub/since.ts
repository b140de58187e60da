import type { Resync, TenantEvent, ToldSince, TopicSince } from "@tessera/contracts";
import { missedSince } from "@tessera/domain/events/follow";
import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import type { Caller } from "../platform.ts";
import { type Topic, topics } from "./topics.ts";

/** Who asks, and the rooms of their tenant. */
export interface Listener {
  caller: Caller;
  tenant: TenantRooms;
}

/**
 * What the hub would have told a listener since they last heard, without their staying. Topics that were left off at the same
 * number share one read of the journal, which is all it costs when there is nothing new.
 *
 * @param listener Who asks.
 * @param asked Of which topics, and from where. Without a number: the topic's first message, and where it begins.
 * @returns For each, in the same order, what it told. A resync in place of more than 500 events.
 * @throws What the journal throws.
 */
export function toldSince({ caller, tenant }: Listener, asked: readonly TopicSince[]): Promise<ToldSince[]> {
  const missed = new Map<string, Promise<readonly (TenantEvent | Resync)[]>>();

  function missedFrom(lastEventId: string) {
    const read = missed.get(lastEventId) ?? missedSince(tenant.journal, Number(lastEventId));
    missed.set(lastEventId, read);
    return read;
  }

  async function begun(topic: Topic): Promise<ToldSince> {
    const id = String(await tenant.journal.head()); // before the state: what comes meanwhile is told after it
    return { items: topic.state ? [{ id, data: await topic.state(tenant) }] : [], lastEventId: id };
  }

  async function resumed(topic: Topic, lastEventId: string): Promise<ToldSince> {
    const events = await missedFrom(lastEventId);
    const items: ToldSince["items"] = [];
    for (const event of events) {
      const data = topic.state && topic.wantsState(event) ? await topic.state(tenant) : topic.tell(event, caller);
      if (data) items.push({ id: String(event.seq), data });
    }
    return { items, lastEventId: String(events.at(-1)?.seq ?? lastEventId) };
  }

  async function told({ topic: name, lastEventId }: TopicSince): Promise<ToldSince> {
    const topic = topics.get(`live.${name}`);
    if (!topic) throw new Error(`the hub does not know live.${name}`);
    return lastEventId ? resumed(topic, lastEventId) : begun(topic);
  }

  return Promise.all(asked.map(told));
}
