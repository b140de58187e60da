import { describeWithAll, redis } from "@tessera/vitest/services";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkRun } from "./src/checkers/check-run.ts";
import type { Violation } from "./src/checkers/violation.ts";
import { patchedServer } from "./src/failpoints/patched-server.ts";
import { faultsOf } from "./src/faults/matrix.ts";
import { runProgramme } from "./src/programme.ts";
import { ownPostgres } from "./src/world/own-postgres.ts";
import { openWorld, type World } from "./src/world/world.ts";

/** Those that are over quickly; `npm run prove` plays the whole matrix, longer and with more seeds. */
const SHORT = faultsOf("F2", "F4", "F5", "F11", "F13", "F14", "F16", "F17", "F19", "F20");
const SECONDS = 14;

describeWithAll([await ownPostgres(), redis], "four API processes, a PostgreSQL and three Redis that fail", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world?.close());

  it.each([20261122])(
    "keep every promise while they fail and heal (seed %i)",
    async (seed) => {
      const { run, notes, figures } = await runProgramme(world, { seed, seconds: SECONDS, faults: SHORT });
      console.log(notes.map(({ at, fault, says }) => `${at} ms ${fault} ${says}`).join("\n"), figures);

      expect(checkRun(run).filter(isNoMatterOfTime)).toEqual([]);
      expect(figures.wellAgainMs).not.toBeNull();
      expect(run.faults.length).toBeGreaterThan(2);
      // A programme in which nothing was tried twice and nobody came too late would prove nothing.
      expect(run.history.entries.some(({ type, attempt }) => type === "ok" && attempt > 1)).toBe(true);
      expect(run.history.entries.some(({ reason }) => reason === "already_redeemed")).toBe(true);
    },
    300_000,
  );
});

/** Five seconds on a machine that does something else besides are not five seconds; `npm run prove` asserts them. */
const isNoMatterOfTime = ({ checker }: Violation): boolean => checker !== "progress";

describe("a patch of the built server", () => {
  it("is refused when it fits nowhere, or in more than one place", () => {
    expect(() => patchedServer("misfit", [{ find: "no line of the server", replace: "" }])).toThrow("no file");
    expect(() => patchedServer("misfit", [{ file: "main.mjs", find: "const ", replace: "let " }])).toThrow(
      /times instead of once/,
    );
  });
});
