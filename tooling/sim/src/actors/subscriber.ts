import { Failed } from "@tessera/domain/failed";
import type { Follower } from "../referee/referee.ts";
import type { Tenant } from "../world/tenants.ts";
import { begin, type World } from "../world/world.ts";

/** Somebody who follows a tenant's journal through whichever process answers. */
export interface Subscriber {
  tenant: Tenant;
  name: string;
  follower: Follower;
  /** Connects anew, from the last number it has: at the beginning, when the line is cut, when its process has gone. */
  connect(): void;
  isCutOff(): boolean;
}

export function subscriber(world: World, tenant: Tenant, name: string): Subscriber {
  const follower = world.referee.follows(tenant, name);
  let listening = new AbortController();
  let process: { life: number; host: { life: number; isDown: boolean } } | null = null;

  const me: Subscriber = {
    tenant,
    name,
    follower,
    connect() {
      listening.abort("connects anew"); // a reason of one's own spares an exception
      listening = new AbortController();
      const { signal } = listening;
      const node = world.chance.pick(world.nodes);
      if (node.host.isDown) return;
      process = { life: node.host.life, host: node.host };
      begin(world, node.host, async () => {
        try {
          // Some close before they have noted what they saw last, and hear it again.
          const noted = follower.seen - (follower.seen > 0 && world.chance.happens(0.1) ? 1 : 0);
          for await (const event of node.follow(tenant, noted, signal)) {
            if (signal.aborted) return;
            follower.tell(event);
          }
        } catch (failure) {
          if (!(failure instanceof Failed)) throw failure;
          if (process?.host === node.host) process = null; // the line ends with an error, and it connects anew
        }
      });
    },
    isCutOff: () => !process || process.host.isDown || process.host.life !== process.life,
  };
  return me;
}
