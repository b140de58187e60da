import { randomBytes } from "node:crypto";
import { compactCode } from "@tessera/domain/qr/compact-code";
import { newScanId } from "@tessera/sdk/node";
import type { World } from "../world/world.ts";
import { freshCode } from "./fresh-codes.ts";
import { spreadOf } from "./quantile.ts";
import { sameKindLikelihood } from "./rank-test.ts";

/** Whether the time an answer takes tells a code of somebody else's from one that never was. */
export interface TimingOracle {
  samples: number;
  /** Middle of each, milliseconds. */
  foreign: number;
  made: number;
  /** How likely such times come about when nothing can be told from them: 0 to 1. */
  likelihood: number;
  /** Answers that were not the same, letter for letter. */
  different: number;
}

/**
 * A desk of the second tenant scans a code of the first, and texts that were never codes, in turns.
 *
 * @param samples Of each.
 */
export async function timingOracle(world: World, samples: number): Promise<TimingOracle> {
  const { text } = await freshCode(world); // of the first tenant
  const desk = world.tenants[1]?.desks[0];
  if (!desk) throw new Error("the world has no second tenant");
  const times: Record<"foreign" | "made", number[]> = { foreign: [], made: [] };
  const answers = new Set<string>();

  for (let turn = -100; turn < samples; turn++) {
    // The first ones warm up. Who goes first changes, so that neither kind always follows the other.
    for (const kind of turn % 2 === 0 ? (["foreign", "made"] as const) : (["made", "foreign"] as const)) {
      const shown = kind === "foreign" ? text : compactCode(new Uint8Array(randomBytes(16)));
      const scanId = newScanId();
      const began = performance.now();
      const answer = await desk.api.qr.redeem.mutate({ scanId, text: shown, source: "api" });
      if (turn < 0) continue;
      times[kind].push(performance.now() - began);
      answers.add(JSON.stringify({ ...answer, scanId: null }));
    }
  }

  return {
    samples,
    foreign: spreadOf(times.foreign).p50,
    made: spreadOf(times.made).p50,
    likelihood: sameKindLikelihood(times.foreign, times.made),
    different: answers.size - 1,
  };
}
