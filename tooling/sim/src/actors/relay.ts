import type { TenantEvent } from "@tessera/contracts";
import { Failed } from "@tessera/domain/failed";
import type { ModelState } from "@tessera/domain/redemption/model/state";
import { type Host, hostNamed } from "../kernel/timeline.ts";
import type { World } from "../world/world.ts";

/** How often it looks without being poked, and how often each process looks at the heads of the journals. */
const LOOKS_EVERY_MS = 2_000;
const BATCH = 20;

export interface SimRelay {
  host: Host;
  start(): void;
  /** A message that may be lost. */
  poke(): void;
}

/** Moves news into the journal and tells the processes, over links that lose messages. */
export function relay(world: World): SimRelay {
  const { time, net, database, nodes, tenants, reached } = world;
  const host = hostNamed("relay");
  let isLooking = false;
  let again = false;
  let isWaiting = false;
  /** Pokes of one moment are one. */
  let pokedUntil = 0;
  let areHeadsDue = false;

  async function look(): Promise<void> {
    if (isLooking) {
      again = true;
      return;
    }
    isLooking = true;
    try {
      do {
        again = false;
        for (const tenant of tenants) {
          if (tenant.model.state.outbox.length === 0) continue; // spares a look; an outbox is never hidden from the relay
          const moved = await database.relay(tenant, BATCH);
          if (moved.length === BATCH) again = true;
          const upTo = moved.at(-1)?.seq ?? 0;
          if (upTo > 0) tellNodes(tenant, { upTo, events: moved.map(eventOf) });
        }
      } while (again);
    } catch (failure) {
      if (!(failure instanceof Failed)) throw failure;
      reached(failure.failure);
    } finally {
      isLooking = false;
      lookLater();
    }
  }

  function tellNodes(tenant: (typeof tenants)[number], news: { upTo: number; events: readonly TenantEvent[] }): void {
    for (const node of nodes) {
      if (node.isHeard(tenant)) net.send(node.host, 1, () => node.bus.publish(tenant.id, news));
    }
    if (areHeadsDue) return;
    areHeadsDue = true;
    time.plan(null, LOOKS_EVERY_MS, tellHeads);
  }

  /** Each process looks at the heads of the journals now and then: a message may be lost. */
  function tellHeads(): void {
    areHeadsDue = false;
    for (const { id, model } of tenants) {
      for (const { bus, host: at } of nodes)
        if (!at.isDown) bus.publish(id, { upTo: model.state.journal.length, events: [] });
    }
  }

  /** In place of a timer that never ends: one look is planned while there is something to be found. */
  function lookLater(): void {
    if (isWaiting) return;
    isWaiting = true;
    time.plan(host, LOOKS_EVERY_MS, () => {
      isWaiting = false;
      if (tenants.some(({ model }) => model.state.outbox.length > 0)) void look().catch(world.fail);
    });
  }

  return {
    host,
    start() {
      isLooking = false;
      isWaiting = false;
      void look().catch(world.fail);
    },
    poke() {
      if (tenants.every(({ model }) => model.state.outbox.length === 0)) return;
      lookLater();
      if (time.now < pokedUntil) return;
      pokedUntil = time.now + 5;
      net.send(host, 10, () => void look().catch(world.fail));
    },
  };
}

const eventOf = ({ seq, type, entityId, at, payload }: ModelState["journal"][number]): TenantEvent =>
  ({ seq, type, entityId, at: at.toISOString(), payload }) as TenantEvent;
