import type { Chance } from "../chance.ts";
import type { CodeFacts } from "../history/history.ts";
import { now } from "../time.ts";
import type { World } from "../world/world.ts";
import { codeMaker, makeResources, type RaceCode } from "./race-code.ts";

/** The codes that are played with now, and those that were a moment ago. */
export interface KeyPool {
  /** A code to scan: mostly a fresh one, now and then one that was replaced but lives on past the longest fault. */
  pick(purpose: CodeFacts["purpose"], chance: Chance): RaceCode;
  /** This code can give nothing more: put a fresh one in its place. */
  spent(code: RaceCode): void;
  /** Replaces what is spent. */
  refill(): Promise<void>;
  /** Everything that was ever in it. */
  facts: ReadonlyMap<string, CodeFacts>;
}

export interface KeyPoolOptions {
  /** Fresh check-out codes at any time. */
  keys: number;
  /** Things per tenant: several codes want the same one. */
  things: number;
}

/** Longer than the longest fault. A pause was not seen to do harm with codes that lived for 250 ms only. */
const LIVES_ON_MS = 8_000;
const MAY_BE_USED_THREE_TIMES = 0.2;
const ALREADY_REPLACED = 0.2;

/** @returns A full pool. */
export async function openKeyPool(world: World, chance: Chance, { keys, things }: KeyPoolOptions): Promise<KeyPool> {
  const make = await codeMaker(world);
  const facts = new Map<string, CodeFacts>();
  const replaced: Record<CodeFacts["purpose"], Array<{ code: RaceCode; at: number }>> = { check_out: [], check_in: [] };
  const places = await Promise.all(
    world.tenants.map(async ({ id: tenant, holderId: holder }) => {
      const resources = await makeResources(world, tenant, things);
      return resources.map((resource) => ({ tenant, holder, resource }));
    }),
  ).then((lists) => lists.flat());

  interface Slot {
    purpose: CodeFacts["purpose"];
    code: RaceCode | null;
    wants(): (typeof places)[number];
  }
  const slots: Slot[] = [
    ...Array.from(
      { length: keys },
      (): Slot => ({ purpose: "check_out", code: null, wants: () => chance.pick(places) }),
    ),
    ...places.map((place): Slot => ({ purpose: "check_in", code: null, wants: () => place })),
  ];
  let refilling: Promise<void> | null = null;

  async function refillNow(): Promise<void> {
    const empty = slots.filter(({ code }) => code === null);
    if (empty.length === 0) return;
    const maxUses = () => (chance.happens(MAY_BE_USED_THREE_TIMES) ? 3 : 1);
    const fresh = await make(empty.map(({ purpose, wants }) => ({ ...wants(), purpose, maxUses: maxUses() })));
    for (const [index, code] of fresh.entries()) {
      const slot = empty[index];
      if (slot) slot.code = code;
      facts.set(code.id, code);
    }
  }
  await refillNow();

  return {
    facts,
    pick(purpose, by) {
      const since = now() - LIVES_ON_MS;
      const old = replaced[purpose];
      while (old[0] && old[0].at < since) old.shift();
      const fresh = slots.flatMap((slot) => (slot.purpose === purpose && slot.code ? [slot.code] : []));
      const late = old.length > 0 && (fresh.length === 0 || by.happens(ALREADY_REPLACED));
      return late ? by.pick(old).code : by.pick(fresh);
    },
    spent(code) {
      const slot = slots.find((one) => one.code === code);
      if (!slot) return;
      slot.code = null;
      replaced[code.purpose].push({ code, at: now() });
    },
    refill() {
      refilling ??= refillNow().finally(() => {
        refilling = null;
      });
      return refilling;
    },
  };
}
