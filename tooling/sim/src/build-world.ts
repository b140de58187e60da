import type { DeviceId, MemberId, TenantId } from "@tessera/contracts";
import { MOST_REPLAYED } from "@tessera/domain/events/follow";
import { modelWorld } from "@tessera/domain/redemption/model";
import { type Desk, desk } from "./actors/desk.ts";
import type { Stage } from "./actors/faults.ts";
import { relay } from "./actors/relay.ts";
import { subscriber } from "./actors/subscriber.ts";
import { type Cast, drawCast } from "./cast.ts";
import type { Chance } from "./kernel/chance.ts";
import { NOON } from "./kernel/stand-ins.ts";
import type { Timeline } from "./kernel/timeline.ts";
import { referee } from "./referee/referee.ts";
import { type ApiNode, apiNode } from "./world/api-node.ts";
import { simDatabase } from "./world/database.ts";
import type { Habits } from "./world/habits.ts";
import { locks } from "./world/locks.ts";
import { network } from "./world/network.ts";
import { idIn, type Mark, marks, newDevice, type Tenant, thing } from "./world/tenants.ts";
import type { World } from "./world/world.ts";

export interface BuiltWorld {
  world: World;
  stage: Stage;
  cast: Cast;
}

/** Puts a world together: two tenants, a database, a relay, Redis, and whom the seed's chance has cast. */
export function buildWorld(
  { time, chance, habits }: { time: Timeline; chance: Chance; habits: Habits },
  out: Pick<World, "trace" | "reached" | "fail">,
): BuiltWorld {
  const { reached } = out;
  const clock = { off: 0 };
  const now = () => new Date(Math.floor(NOON + time.now) + clock.off);
  let ids = 0;
  const newId = (mark: Mark) => idIn(mark, ++ids);

  const cast = drawCast(chance);
  const { endsAt } = cast;
  const net = network(time, chance, reached);
  const watching = referee({ step: () => time.step, now: () => now().getTime(), reached });

  const tenants = marks.map((mark): Tenant => {
    const policy = chance.pick(["leased", "leased", "open", "deny"] as const);
    return {
      mark,
      id: newId(mark) as TenantId,
      policy,
      model: modelWorld({ now, newId: () => newId(mark), policy: () => policy }),
      members: [1, 2].map((no) => ({ id: newId(mark) as MemberId, name: `Member ${no} of ${mark}` })),
      staff: newId(mark) as MemberId,
      things: ["Drill", "Saw", "Tent"].map((name) => thing(newId(mark), `${name} of ${mark}`)),
      shown: [],
    };
  });
  const [north, south] = tenants as [Tenant, Tenant];
  if (cast.isOld) longStory(north, now());

  const isRough = () => time.now < endsAt;
  const database = simDatabase({ ...out, time, chance, net, referee: watching, habits, clock, isRough });
  const nodes: ApiNode[] = [];
  const world: World = {
    ...out,
    time,
    chance,
    net,
    database,
    nodes,
    tenants,
    referee: watching,
    habits,
    endsAt,
    newId,
    now,
    isOver: false,
  };
  const keepers = locks(cast.lockKind, habits.goesOnWithoutLock, { time, net, reached });
  const moving = relay(world);
  for (let no = 1; no <= cast.nodes; no++) {
    nodes.push(
      apiNode({
        name: `api ${no}`,
        database,
        habits,
        guardFor: keepers.guardFor,
        otherThan: (tenant) => (tenant === north ? south : north),
        newId: ({ mark }) => newId(mark),
        poke: moving.poke,
        revoked: watching.revoked,
      }),
    );
  }

  const desks = cast.desks.map(({ mark, name, isFlapping }): Desk => {
    const tenant = mark === "a" ? north : south;
    const deviceId = newId(mark) as DeviceId;
    tenant.model.state.devices.set(deviceId, newDevice(deviceId, name));
    return desk(world, { name, tenant, deviceId, isFlapping });
  });
  const followed = cast.isSouthLively ? tenants : [north];
  const subscribers = followed.map((tenant) => subscriber(world, tenant, `board of ${tenant.mark}`));
  return { world, stage: { desks, relay: moving, subscribers, locks: keepers }, cast };
}

/** So much has happened before that whoever comes new is told to read the lists instead. */
function longStory({ id, model }: Tenant, at: Date): void {
  for (let seq = 1; seq <= MOST_REPLAYED + 10; seq++) {
    const payload = { key: "dynamic-qr-refresh", enabled: true, revision: seq };
    model.state.journal.push({ seq, type: "flag.changed", entityId: id, version: seq, at, scanId: null, payload });
  }
}
