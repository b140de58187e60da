import { spelled } from "../report.ts";
import type { Step } from "../run-steps.ts";

/** @param worlds One seed each, from 1 on. */
export const simulationStep = (worlds: number): Step => ({
  id: "simulation",
  title: "Simulated worlds",
  asks: "Do the domain's own parts keep every invariant under any interleaving, in worlds that a seed decides to the byte?",
  async run(tell) {
    const { runSeeds } = await import("../../../../sim/src/run-seeds.ts");
    const { neverReached } = await import("../../../../sim/src/sometimes.ts");
    const report = await runSeeds(1, worlds, (soFar) =>
      tell(`${spelled(soFar.count)} worlds, ${spelled(soFar.scans)} scans, ${soFar.failed} broken`),
    );
    const { steps, scans, failed, failures, reached: times } = report;
    const sum = { steps, scans, failed };
    const reached = new Map(Object.entries(times));
    const broken = failures.map(({ seed, invariant, what }) => [String(seed), invariant, what]);
    const missing = neverReached(times);
    return {
      isKept: sum.failed === 0,
      says:
        sum.failed === 0
          ? `No invariant was broken in ${spelled(worlds)} worlds with ${spelled(sum.scans)} scans.`
          : `${sum.failed} of ${spelled(worlds)} worlds broke; first, seed ${broken[0]?.join(": ")}`,
      figures: [
        { name: "Simulated worlds", value: worlds, isHeadline: true },
        { name: "Scans", value: sum.scans },
        { name: "Steps", value: sum.steps },
        { name: "Broken", value: sum.failed, target: { atMost: 0 } },
        { name: "Situations that no world came to", value: missing.length, target: { atMost: 0 } },
      ],
      tables: [
        ...(broken.length > 0
          ? [{ caption: "Broken worlds", head: ["Seed", "Invariant", "What happened"], rows: broken.slice(0, 20) }]
          : []),
        {
          caption: "What happened in how many worlds: a promise that was never put to the test is not kept",
          head: ["Reached", "Worlds"],
          rows: [...[...reached].sort(([, a], [, b]) => b - a), ...missing.map((what) => [what, 0] as const)].map(
            ([what, worldsWithIt]) => [what, spelled(worldsWithIt)],
          ),
        },
      ],
    };
  },
});
