import type { DeviceId, HandInOutcome, OfflineScan, RedemptionOutcome, ScanId } from "@tessera/contracts";
import { Failed } from "@tessera/domain/failed";
import { toBase64url } from "@tessera/domain/qr/base64url";
import { EARLY_STOP_SECONDS, type LeasedCode } from "@tessera/domain/redemption/leases";
import { keyOf } from "@tessera/domain/redemption/model/state";
import { refusalFor } from "@tessera/domain/redemption/rules";
import { CHAIN_START, chained } from "@tessera/domain/redemption/scan-chain";
import { wallClock } from "../kernel/stand-ins.ts";
import { type Host, hostNamed } from "../kernel/timeline.ts";
import type { ShownCode, Tenant } from "../world/tenants.ts";
import { askNode, begin, pause, thinking, type World } from "../world/world.ts";

/** What a desk keeps when its power fails, and loses when its storage is wiped. */
export interface DeskStore {
  /** Sent, or about to be, and not answered. */
  pending: Map<ScanId, ShownCode>;
  /** Accepted alone, and no verdict read so far; in the order of their numbers. */
  unsent: OfflineScan[];
  seq: number;
  head: string;
  /** When the desk itself has let a code through, or heard a yes for it, by offline id; virtual milliseconds. */
  used: Map<string, number[]>;
}

/** What it forgets when its power fails: the monotonic clock that measures a lease begins anew. */
export interface HeldReady {
  codes: Map<string, LeasedCode>;
  until: number;
  spent: Set<string>;
}

/** A kiosk. */
export interface Desk {
  host: Host;
  tenant: Tenant;
  deviceId: DeviceId;
  /** Goes offline at times, and decides alone then. */
  isFlapping: boolean;
  isOffline: boolean;
  /** Two desks say that they are this device. */
  isCloned: boolean;
  store: DeskStore;
  /** @returns What it holds ready; a copy. */
  held(): HeldReady | null;
  start(): void;
  /** Its power comes back. */
  restart(): void;
  /** @param whole Its numbers too; else only what it has not handed in yet. */
  wipe(whole: boolean): void;
  /** Somebody shows this code here, now. */
  scan(code: ShownCode): Promise<void>;
  /** Somebody shows some code here, now. */
  serve(): Promise<void>;
  /** Whether nothing waits for its answer. */
  isIdle(): boolean;
}

export const emptyStore = (): DeskStore => ({
  pending: new Map(),
  unsent: [],
  seq: 0,
  head: CHAIN_START,
  used: new Map(),
});

/** Scans go in few at a time, so that one coming back from offline hands in several times. */
const HANDED_IN_AT_ONCE = 4;

export interface DeskPlan {
  name: string;
  tenant: Tenant;
  deviceId: DeviceId;
  isFlapping: boolean;
  store?: DeskStore;
  ready?: HeldReady | null;
}

/** @returns A desk that is switched off. */
export function desk(
  world: World,
  { name, tenant, deviceId, isFlapping, store = emptyStore(), ready = null }: DeskPlan,
): Desk {
  const { time, chance, referee, habits, reached } = world;
  const host = hostNamed(name);
  const by = { deviceId, memberId: null } as const;
  const me: Desk = {
    host,
    tenant,
    deviceId,
    isFlapping,
    isOffline: false,
    isCloned: false,
    store,
    start() {
      begin(world, host, scanning);
      begin(world, host, housekeeping);
    },
    restart() {
      ready = null;
      me.start();
    },
    held: () => ready && { ...ready },
    wipe(whole) {
      for (const { scanId } of me.store.unsent) referee.lost(tenant, scanId);
      if (whole) {
        me.store = emptyStore();
        ready = null;
        referee.mayStumble(deviceId);
      } else me.store.unsent = [];
    },
    scan,
    serve,
    isIdle: () => me.store.pending.size === 0 && me.store.unsent.length === 0,
  };

  /** @returns The answer; null when there was none. */
  async function ask<T>(work: Parameters<typeof askNode<T>>[1]): Promise<T | null> {
    if (me.isOffline) return null;
    try {
      return await askNode(world, work);
    } catch (failure) {
      if (!(failure instanceof Failed)) throw failure;
      reached(failure.failure);
      return null;
    }
  }

  function hear(outcome: RedemptionOutcome): void {
    world.trace(
      `${name} hears ${outcome.scanId.slice(-6)} ${outcome.kind === "redeemed" ? "yes" : outcome.refusal.reason}`,
    );
    referee.heard(tenant, outcome);
  }

  async function send(scanId: ScanId, code: ShownCode): Promise<boolean> {
    const { store } = me;
    const outcome = await ask((node) => node.redeem(tenant, { scanId, text: code.text, source: "camera" }, by));
    if (!outcome) return false;
    hear(outcome);
    // A lease is older than this yes: what the desk holds ready does not know of it.
    if (outcome.kind === "redeemed" && store.pending.has(scanId)) note(store, code);
    store.pending.delete(scanId);
    return true;
  }

  async function scan(code: ShownCode): Promise<void> {
    if (isLetThrough(code)) await handIn();
    if (isLetThrough(code)) return reached("let through here before");
    const scanId = world.newId(tenant.mark) as ScanId;
    me.store.pending.set(scanId, code); // saved before it is sent
    referee.invoked(tenant, scanId);
    let wasSent = false;
    for (let tries = isFlapping ? 2 : 4; tries > 0 && !me.isOffline; tries--) {
      wasSent = true;
      if (await send(scanId, code)) {
        if (chance.happens(0.1)) await send(scanId, code); // an impatient hand
        if (chance.happens(0.08)) await takeBack(scanId);
        return;
      }
      await pause(world, host, chance.between(20, 300));
    }
    // A scan that was sent may have been decided; it waits for its answer, whatever happens to the network.
    if (isFlapping && !wasSent) await acceptAlone(scanId, code);
    if (me.store.pending.has(scanId) && chance.happens(0.1)) await takeBack(scanId);
  }

  /** Of a use that this desk knows of, the server has not told: asking, or deciding, now could take a second one. */
  const isLetThrough = (code: ShownCode): boolean =>
    me.store.unsent.some((one) => toKey(one) === keyOf(code.offlineId)) ||
    (isFlapping && [...me.store.pending.values()].includes(code));

  async function takeBack(scanId: ScanId): Promise<void> {
    const { store } = me;
    const outcome = await ask((node) => node.undo(tenant, { scanId, because: "wrong code", by }));
    if (!outcome) return;
    referee.heardUndo(tenant, outcome);
    if (outcome.kind === "withdrawn") store.pending.delete(scanId);
  }

  /** The desk's own judgement; nothing here awaits anything but hashes, so it is one step of its store. */
  async function acceptAlone(scanId: ScanId, code: ShownCode): Promise<void> {
    const { store } = me;
    const basis = basisFor(code);
    if (!basis) return reached("desk alone refuses");
    note(store, code);
    const claimedAt = new Date(wallClock(time, host)).toISOString();
    const offlineId = toBase64url(code.offlineId);
    const accepted = await chained(store.head, { seq: ++store.seq, scanId, offlineId, claimedAt, basis });
    store.head = accepted.hash;
    store.unsent.push(accepted);
    store.pending.delete(scanId);
    referee.accepted(tenant, scanId);
    reached(`accepted alone by ${basis}`);
    world.trace(`${name} accepts ${scanId.slice(-6)} alone by ${basis} as ${accepted.seq}`);
  }

  function note({ used }: DeskStore, { offlineId }: ShownCode): void {
    used.set(keyOf(offlineId), [...(used.get(keyOf(offlineId)) ?? []), time.now]);
  }

  function basisFor({ offlineId, isSigned, tenant: home }: ShownCode): OfflineScan["basis"] | null {
    const key = keyOf(offlineId);
    const used = me.store.used.get(key)?.length ?? 0;
    const wall = new Date(wallClock(time, host));
    const leased = ready && time.now < ready.until ? ready.codes.get(key) : undefined;
    if (leased) {
      const facts = { ...leased, uses: leased.uses + used, invalidatedAt: null };
      const isRefused = refusalFor(facts, { at: wall, now: wall, deviceId, step: null }) !== null;
      const isOut = leased.purpose === "check_out" && leased.standing !== null;
      return isRefused || isOut ? null : "lease";
    }
    const mayJudge = tenant.policy === "open" && ready !== null && isSigned && home === tenant.mark;
    return mayJudge && used === 0 && !ready?.spent.has(key) ? "signature" : null;
  }

  async function handIn(): Promise<void> {
    const { store } = me;
    const scans = store.unsent.slice(0, HANDED_IN_AT_ONCE);
    if (scans.length === 0) return;
    if (!habits.keepsUntilVerdict) store.unsent.splice(0, scans.length);
    const outcome: HandInOutcome | null = await ask((node) => node.handIn(tenant, deviceId, scans));
    if (!outcome) return;
    referee.sees(tenant, outcome);
    if (outcome.kind === "quarantined") return reached("quarantined");
    for (const verdict of outcome.verdicts) {
      hear(verdict.outcome);
      const place = store.unsent.findIndex(({ seq }) => seq === verdict.seq);
      if (place >= 0) store.unsent.splice(place, 1);
    }
  }

  async function takeLeases(): Promise<void> {
    const { store } = me;
    const asked = time.now;
    const taken = await ask((node) => node.takeLeases(tenant, deviceId, chance.between(1, 8)));
    if (!taken || store !== me.store) return;
    if (tenant.policy === "deny") taken.grant = { ...taken.grant, codes: [] };
    const { grant, spent } = taken;
    referee.sees(
      tenant,
      grant.codes.map(({ offlineId, ...told }) => told),
    );
    // By its own monotonic clock, from the moment of asking: a slow answer makes the lease shorter, never longer.
    const lasts = grant.until.getTime() - grant.issuedAt.getTime() - EARLY_STOP_SECONDS * 1_000;
    const codes = new Map(grant.codes.map((code) => [keyOf(code.offlineId), code]));
    for (const key of codes.keys()) {
      // The server has counted what it decided before it gave the lease; it may not have heard of anything later.
      if (store.unsent.some((one) => toKey(one) === key)) continue;
      store.used.set(
        key,
        (store.used.get(key) ?? []).filter((at) => at >= asked),
      );
    }
    ready = { codes, until: asked + lasts, spent: new Set(spent.map(keyOf)) };
  }

  async function scanning(): Promise<void> {
    while (time.now < world.endsAt) {
      await pause(world, host, thinking(world));
      await serve();
    }
  }

  async function serve(): Promise<void> {
    const code = pickCode();
    if (code && time.now < world.endsAt) await scan(code);
  }

  /** Mostly what has just been shown; sometimes an old code; offline often one that is held ready. */
  function pickCode(): ShownCode | undefined {
    const { shown } = tenant;
    if (me.isOffline && ready && chance.happens(0.7)) {
      const held = shown.filter((code) => ready?.codes.has(keyOf(code.offlineId)));
      if (held.length > 0) return chance.pick(held);
    }
    const newest = shown.length - chance.between(1, 3);
    return chance.happens(0.75) ? shown[newest] : shown[chance.between(0, shown.length)];
  }

  async function housekeeping(): Promise<void> {
    // A desk that never leaves the network has nothing to keep until the end.
    if (!isFlapping) await pause(world, host, Math.max(0, world.endsAt - time.now));
    while (!world.isOver) {
      const isOver = time.now >= world.endsAt;
      const isAwake = !ready && !me.isOffline && me.store.unsent.length === 0 && time.now < 5_000;
      await pause(world, host, isOver ? 700 : 300 + (isAwake ? 0 : thinking(world)));
      if (me.isOffline) continue;
      const last = me.store.unsent.at(-1);
      if (last && chance.happens(0.15)) await takeBack(last.scanId);
      await handIn();
      for (const [scanId, code] of [...me.store.pending]) if (isOver || isFlapping) await send(scanId, code);
      if (isFlapping && !isOver && me.store.unsent.length === 0 && (!ready || chance.happens(0.5))) await takeLeases();
    }
  }

  return me;
}

const toKey = ({ offlineId }: OfflineScan): string => Buffer.from(offlineId, "base64url").toString("latin1");
