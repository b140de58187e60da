import { performance } from "node:perf_hooks";
import { median } from "../common/load.ts";
import type { House } from "./house.ts";
import type { Way } from "./way.ts";

/** So many scan the same code at the same moment. */
export const CROWD = 200;

/** How long it took until each of a crowd had its answer. */
export interface CrowdResult {
  name: string;
  /** Milliseconds. */
  median: number;
  worst: number;
}

/**
 * Lets a crowd scan one fresh code at once, again and again.
 *
 * @param name Shown in the table.
 * @param rounds How often, each with another code. The first two are not counted.
 * @throws Error When not exactly one of the crowd was let through.
 */
export async function crowdAtOneCode(name: string, way: Way, house: House, rounds: number): Promise<CrowdResult> {
  await house.refill(rounds + 2);
  const walls: number[] = [];
  for (const code of house.codes.slice(0, rounds + 2)) {
    const began = performance.now();
    const told = await Promise.all(Array.from({ length: CROWD }, (_, caller) => way.redeem(code, caller)));
    walls.push(performance.now() - began);
    const through = told.filter((one) => one === "redeemed").length;
    if (through !== 1) throw new Error(`${name} let ${through} of ${CROWD} through`);
  }
  const counted = walls.slice(2);
  return { name, median: median(counted), worst: Math.max(...counted) };
}
