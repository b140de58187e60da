import type { Resync, TenantEvent, ToldSince, TopicSince } from "@tessera/contracts";
import { type Journal, missedSince } from "@tessera/domain/events/follow";
import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import { type Listener, type State, type Topic, topics } from "./topics.ts";

/** Who asks instead of staying. */
export interface Asker extends Listener {
  tenant: Pick<TenantRooms, "journal" | "resources">;
}

type Missed = readonly (TenantEvent | Resync)[];

/** Reads that are under way, by the number they begin after: most who poll a tenant have left off at its head. */
const underWay = new WeakMap<Journal, Map<string, Promise<Missed>>>();

function missedFrom(journal: Journal, lastEventId: string): Promise<Missed> {
  const reads = underWay.get(journal) ?? new Map<string, Promise<Missed>>();
  underWay.set(journal, reads);
  const known = reads.get(lastEventId);
  if (known) return known;
  const read = missedSince(journal, Number(lastEventId)).finally(() => reads.delete(lastEventId));
  reads.set(lastEventId, read);
  return read;
}

/**
 * What the hub would have told a listener since they last heard, without their staying. All who left off at the same number
 * share one read of the journal while it is under way; that is all it costs when there is nothing new.
 *
 * @param asker Who asks.
 * @param asked Of which topics, and from where. Without a number: the topic's first message, and where it begins.
 * @returns For each, in the same order, what it told. A resync in place of more than 500 events.
 * @throws What the journal throws.
 */
export function toldSince(asker: Asker, asked: readonly TopicSince[]): Promise<ToldSince[]> {
  const { journal } = asker.tenant;

  async function begun({ state }: Topic): Promise<ToldSince> {
    const id = String(await journal.head()); // before the state: what comes meanwhile is told after it
    return { items: state ? [{ id, data: await state(asker) }] : [], lastEventId: id };
  }

  async function resumed({ state, wantsState, tell }: Topic, lastEventId: string): Promise<ToldSince> {
    const events = await missedFrom(journal, lastEventId);
    let read: State | null = null; // once for all that want it: it is as new as the newest of them
    const items: ToldSince["items"] = [];
    for (const event of events) {
      if (state && wantsState(event)) read ??= await state(asker);
      const data = wantsState(event) ? read : tell(event, asker.caller);
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
