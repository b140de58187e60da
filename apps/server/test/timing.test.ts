import { randomBytes } from "node:crypto";
import { compactCode } from "@tessera/domain/qr/compact-code";
import type { Tessera } from "@tessera/sdk/node";
import { tellFigure } from "@tessera/vitest/figure";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, runningServer } from "./support/running-server.ts";

/** Pairs of samples, one of each kind right after the other, so that whatever slows the machine slows both. */
const PAIRS = 400;

describe("how long an answer takes", () => {
  let server: RunningServer;
  let desk: Tessera;
  let theirs: string;
  beforeAll(async () => {
    server = await runningServer();
    desk = await server.desk();
    const guest = await server.signedIn("guest@hotel.example");
    const [thing] = await guest.api.resource.list.query();
    const issued = await guest.api.qr.issue.mutate({ purpose: "check_out", resourceId: thing?.id ?? "" });
    if (issued.kind !== "issued") throw new Error("the hotel gives no code");
    theirs = issued.text;
  });
  afterAll(() => server?.stop());

  const taken = async (text: string): Promise<number> => {
    const began = performance.now();
    await desk.api.qr.preview.query({ text });
    return performance.now() - began;
  };

  it("takes as long for a code of another tenant as for one that never was: nobody learns which from a clock", async ({
    task,
  }) => {
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let pair = 0; pair < PAIRS + 50; pair++) {
      const fresh = compactCode(randomBytes(16));
      const isFirst = pair % 2 === 0;
      const first = await taken(isFirst ? theirs : fresh);
      const second = await taken(isFirst ? fresh : theirs);
      if (pair < 50) continue; // until everything is warm
      known.push(isFirst ? first : second);
      unknown.push(isFirst ? second : first);
    }
    const ratio = median(known) / median(unknown);
    tellFigure(task, `medians ${ratio.toFixed(3)} : 1, Mann–Whitney p = ${pValue(known, unknown).toFixed(2)}`);
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  });

  it("would be found out: a fifth more for one of two kinds is told from chance", () => {
    const [one, other] = [Array.from({ length: PAIRS }, noisy), Array.from({ length: PAIRS }, noisy)];
    expect(pValue(one, other)).toBeGreaterThan(0.0001);
    const slower = other.map((ms) => ms * 1.2);
    expect(pValue(one, slower)).toBeLessThan(0.01);
  });
});

/** Times as they are measured, but the same with every run. */
let seed = 7;
function noisy(): number {
  seed = (seed * 48_271) % 2_147_483_647;
  return 1 + (seed / 2_147_483_647) * 0.5;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/**
 * Mann and Whitney's test of two samples, two-sided, by its normal approximation (without ties, which times hardly have).
 *
 * @returns How likely chance alone makes them differ as much.
 */
function pValue(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((ms) => ({ ms, isOne: true })), ...other.map((ms) => ({ ms, isOne: false }))];
  all.sort((a, b) => a.ms - b.ms);
  const rankSum = all.reduce((sum, { isOne }, index) => sum + (isOne ? index + 1 : 0), 0);
  const [n, m] = [one.length, other.length];
  const u = rankSum - (n * (n + 1)) / 2;
  const z = Math.abs(u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
  return 2 * (1 - normal(z));
}

/** The normal distribution up to z >= 0, by Abramowitz and Stegun 26.2.17; exact to 7.5e-8. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}
