import type { ApiNode } from "../world/api-node.ts";
import { codeOf } from "../world/habits.ts";
import type { Locks } from "../world/locks.ts";
import { FAIR } from "../world/network.ts";
import { askNode, begin, type World } from "../world/world.ts";
import { type Desk, desk } from "./desk.ts";
import { answered } from "./people.ts";
import type { SimRelay } from "./relay.ts";
import type { Subscriber } from "./subscriber.ts";

const HOUR_MS = 3_600_000;

export interface Stage {
  desks: Desk[];
  relay: SimRelay;
  subscribers: readonly Subscriber[];
  locks: Locks;
}

/**
 * Draws what goes wrong, and when, until the world's end.
 *
 * @param outages How often each flapping desk loses its network.
 */
export function planFaults(world: World, stage: Stage, outages: number): void {
  const { chance, time, endsAt } = world;
  const faults = faultsOf(world, stage);
  world.net.weather = chance.happens(0.15)
    ? FAIR
    : { loss: chance.next() * 0.12, doubles: chance.next() * 0.12, slow: chance.next() * 0.15 };
  for (let count = chance.between(0, 5); count > 0; count--) {
    const [name, fault] = chance.pick(faults);
    time.plan(null, chance.between(0, endsAt), () => {
      world.trace(`fault: ${name}`);
      world.reached(name);
      fault();
    });
  }
  for (const one of stage.desks) {
    for (let times = one.isFlapping ? outages : 0; times > 0; times--) {
      time.plan(null, chance.between(50, endsAt), () => goOffline(world, one, endsAt / (1 + outages)));
    }
  }
}

/** While it is offline people come to it all the same; now and then its storage does not outlive the outage. */
function goOffline(world: World, one: Desk, mostMs: number): void {
  const { chance, time, reached, trace } = world;
  if (one.isOffline) return;
  const lastsMs = chance.between(mostMs / 10, mostMs);
  one.isOffline = true;
  reached("desk offline");
  trace(`fault: ${one.host.name} offline`);
  for (let people = chance.between(1, 2); people > 0; people--) {
    time.plan(one.host, chance.between(0, lastsMs), () => void one.serve().catch(world.fail));
  }
  time.plan(null, lastsMs, () => {
    one.isOffline = false;
    const isAtRisk = one.store.unsent.length > 0 && time.now < world.endsAt;
    if (isAtRisk && chance.happens(0.3)) one.wipe(chance.happens(0.2));
  });
}

/** Everything works again: hosts are up, links are fair. Wrong clocks stay wrong. */
export function heal(world: World, { desks, relay, subscribers }: Stage): void {
  world.net.weather = FAIR;
  for (const { host } of [...world.nodes, ...desks, relay, world.database]) host.pausedUntil = 0;
  for (const node of world.nodes) if (node.host.isDown) restartNode(node);
  world.database.host.isDown = false;
  if (relay.host.isDown) {
    relay.host.isDown = false;
    world.time.plan(relay.host, 0, () => relay.start());
  }
  for (const one of desks) {
    one.isOffline = false;
    if (!one.host.isDown) continue;
    one.host.isDown = false;
    one.restart();
  }
  for (const one of subscribers) one.connect();
}

function restartNode(node: ApiNode): void {
  node.host.isDown = false;
  node.start();
}

function faultsOf(
  world: World,
  { desks, relay, subscribers, locks }: Stage,
): ReadonlyArray<readonly [string, () => void]> {
  const { chance, time, nodes, database } = world;
  /** One of the flapping desks, or none. */
  const someFlapping = () => {
    const flapping = desks.filter((one) => one.isFlapping);
    return flapping.length > 0 ? [chance.pick(flapping)] : [];
  };

  function crash(host: ApiNode["host"], downMs: number, restart: () => void): void {
    if (host.isDown) return;
    host.life++;
    host.isDown = true;
    time.plan(null, downMs, () => {
      if (!host.isDown) return;
      host.isDown = false;
      restart();
    });
  }
  const standStill = (host: ApiNode["host"]) => {
    host.pausedUntil = time.now + chance.between(10, 5_000);
  };
  const jump = (host: ApiNode["host"]) => {
    host.clockOff += chance.between(-HOUR_MS, HOUR_MS);
  };

  return [
    [
      "api process crashed",
      () => {
        const node = chance.pick(nodes);
        crash(node.host, chance.between(50, 3_000), () => node.start());
      },
    ],
    ["api process paused", () => standStill(chance.pick(nodes).host)],
    ["api clock jumped", () => jump(chance.pick(nodes).host)],
    ["database restarted", () => crash(database.host, chance.between(50, 2_000), () => {})],
    [
      "relay crashed",
      () => crash(relay.host, chance.between(50, 2_000), () => time.plan(relay.host, 0, () => relay.start())),
    ],
    ["relay paused", () => standStill(relay.host)],
    [
      "redis wiped",
      () => {
        for (const { keys } of locks.redis) keys.clear();
      },
    ],
    ["redis clock jumped", () => jump(chance.pick(locks.redis).host)],
    ["redis paused", () => standStill(chance.pick(locks.redis).host)],
    [
      "desk crashed",
      () => {
        const one = chance.pick(desks);
        crash(one.host, chance.between(100, 5_000), one.restart);
      },
    ],
    ["desk paused", () => standStill(chance.pick(desks).host)],
    ["desk clock jumped", () => jump(chance.pick(desks).host)],
    [
      "desk wiped",
      () => {
        for (const one of someFlapping()) one.wipe(chance.happens(0.5));
      },
    ],
    [
      "desk cloned",
      () => {
        for (const one of someFlapping()) clone(one);
      },
    ],
    ...Array.from({ length: 5 }, () => ["crowd at one code", () => crowd()] as const),
    ["line cut", () => chance.pick(subscribers).connect()],
  ];

  /** Everybody tries the newest code at once; sometimes staff cancel it in the same moment. */
  function crowd(): void {
    const { shown } = chance.pick(world.tenants);
    const code = shown.at(-1);
    if (!code) return;
    for (const one of desks) {
      if (one.tenant.mark !== code.tenant || one.host.isDown) continue;
      for (let people = chance.between(1, 2); people > 0; people--) begin(world, one.host, () => one.scan(code));
    }
    const tenant = world.tenants.find(({ mark }) => mark === code.tenant);
    const known = tenant && codeOf(tenant.model, code.offlineId);
    if (!tenant || !known || !chance.happens(0.6)) return;
    const cancel = () => askNode(world, (node) => node.invalidate(tenant, known.id));
    begin(world, null, () => answered(world, cancel));
  }

  /** A second machine with a copy of the desk's storage, and with a clock that somebody set. */
  function clone(one: Desk): void {
    const name = `${one.host.name}'s clone`;
    if (one.isCloned) return;
    const { tenant, deviceId } = one;
    const store = { ...one.store, pending: new Map(), unsent: [...one.store.unsent], used: new Map(one.store.used) };
    const twin = desk(world, { name, tenant, deviceId, isFlapping: true, store, ready: one.held() });
    if (chance.happens(0.7)) for (const each of [one, twin]) goOffline(world, each, world.endsAt / 2);
    twin.host.clockOff = chance.between(-48 * HOUR_MS, 48 * HOUR_MS);
    twin.isCloned = one.isCloned = true;
    world.referee.mayStumble(deviceId);
    desks.push(twin);
    twin.start();
  }
}
