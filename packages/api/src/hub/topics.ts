import type { AvailabilityNews, FlagNews, Resync, TenantEvent } from "@tessera/contracts";
import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import { changeIn, changesFlags, concerns, flagsFor } from "../live.ts";
import { type Caller, type FlagBoard, idOf } from "../platform.ts";

/** A message that is told to many alike. */
export interface Told {
  /** Where to resume from after it. */
  seq: number;
  data: TenantEvent | Resync | State;
}

/** What a subscription begins with. */
export type State = AvailabilityNews | FlagNews;

/** Anyone of an audience, and what can be looked up for them. */
export interface Listener {
  caller: Caller;
  tenant: Pick<TenantRooms, "resources">;
  flags: Pick<FlagBoard, "decide" | "reaches" | "refresh">;
}

/**
 * A subscription that is served in common: what it says, and to whom. The generators in `routers/live.ts` say the same, one
 * subscriber at a time; a test tells both the same story.
 */
export interface Topic {
  /** The procedure's path. */
  path: string;
  /** @returns A name for everybody in the tenant who hears the same as this caller. */
  audienceOf(caller: Caller): string;
  /**
   * @param event The next one of the tenant.
   * @param caller Anyone of the audience.
   * @returns null when it says nothing to them.
   */
  tell(event: TenantEvent | Resync, caller: Caller): Told["data"] | null;
  /** @returns Whether a message is not in the event itself: `state` has to be read for it. */
  wantsState(event: TenantEvent | Resync): boolean;
  /** The first message of who does not resume; null: there is none. */
  state: ((listener: Listener) => Promise<State>) | null;
  /**
   * One message in place of many that could not be sent.
   *
   * @param missed Events after the last one that was sent, rising; null when they are not at hand any more.
   * @param upTo Where they end.
   * @returns What makes up for them; "state" when only a new state does, null when nothing was missed.
   */
  summary(missed: readonly (TenantEvent | Resync)[] | null, upTo: number): Told["data"] | "state" | null;
}

const events: Topic = {
  path: "live.events",
  audienceOf(caller) {
    if (caller.kind === "device" || caller.kind === "key") return "desks"; // which are not told that they are suspected
    return caller.kind === "member" && caller.role !== "member" ? "staff" : idOf(caller);
  },
  tell: (event, caller) => (concerns(caller, event) ? event : null),
  wantsState: () => false,
  state: null,
  summary: (_missed, upTo) => ({ seq: upTo, type: "resync" }),
};

const availability: Topic = {
  path: "live.availability",
  audienceOf: () => "everyone",
  tell(event) {
    const change = changeIn(event);
    return change && { resources: [change], complete: false };
  },
  wantsState: (event) => event.type === "resync",
  state: async ({ tenant }) => ({ resources: await tenant.resources.availability(), complete: true }),
  summary(missed) {
    if (!missed || missed.some((event) => event.type === "resync")) return "state";
    const changes = missed.map(changeIn).filter((change) => change !== null);
    const newest = new Map(changes.map((change) => [change.resourceId, change]));
    return newest.size > 0 ? { resources: [...newest.values()], complete: false } : null;
  },
};

/**
 * A message is all flags, so a burst of changes is one message. They are decided for each person and desk: who is in a share,
 * the neighbour is not.
 */
const flags: Topic = {
  path: "live.flags",
  audienceOf: idOf,
  tell: () => null,
  wantsState: changesFlags,
  async state({ flags: board, caller }) {
    await board.refresh(); // the event may be here before this process has read what it tells of
    return flagsFor(board, caller);
  },
  summary: (missed) => (!missed || missed.some(changesFlags) ? "state" : null),
};

/** By path. */
export const topics: ReadonlyMap<string, Topic> = new Map(
  [events, availability, flags].map((topic) => [topic.path, topic]),
);
