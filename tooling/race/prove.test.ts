import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { OptionProblem, readOptions } from "./src/report/options.ts";
import { type ProveOptions, prove } from "./src/report/prove.ts";
import { type ProofReport, stands } from "./src/report/report.ts";
import { CannotAsk, type Step } from "./src/report/run-steps.ts";
import { selfTestStep } from "./src/report/steps/self-test-step.ts";
import { stepsFor } from "./src/report/steps/steps-for.ts";

const folder = mkdtempSync(join(tmpdir(), "tessera-proof-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const step = (id: string, run: Step["run"]): Step => ({ id, title: `Step ${id}`, asks: "Is it so?", run });
const kept = step("kept", async () => ({ isKept: true, says: "It is so.", figures: [], tables: [] }));
const broken = step("broken", async () => ({
  isKept: false,
  says: "Code <b>1</b> was used twice.",
  figures: [{ name: "Codes used twice", value: 1, target: { atMost: 0 } }],
  tables: [],
}));
const thrown = step("thrown", async () => {
  throw new Error("the cluster did not start", { cause: new Error("no room on the disk") });
});
const impossible = step("impossible", async () => {
  throw new CannotAsk("there is no Redis");
});

async function proof(steps: readonly Step[], more: Partial<ProveOptions> = {}) {
  const lines: string[] = [];
  const options = { ...readOptions(["--out", folder], folder), command: "npm run prove", ...more };
  const report = await prove({ ...options, steps, print: (line) => lines.push(line) });
  const written: ProofReport = JSON.parse(readFileSync(join(folder, "proof.json"), "utf8"));
  return { report, written, lines: lines.join("\n"), page: readFileSync(join(folder, "proof.html"), "utf8") };
}

describe("a proof", () => {
  it("is written as one page and one JSON, with what was found, on what, and what was not looked at", async () => {
    const { report, written, page, lines } = await proof([selfTestStep(6), impossible]);
    expect(stands(report)).toBe(true);
    expect(written).toEqual(report);
    expect(report.steps.map(({ id, outcome }) => [id, outcome])).toEqual([
      ["checkers", "passed"],
      ["impossible", "skipped"],
    ]);
    expect(report.versions).toContainEqual({ of: "Node.js", version: process.version });
    expect(report.notTested).toContain("Step impossible: could not be taken here, there is no Redis");

    expect(page).toContain("Every promise that was tested held");
    expect(page).toContain("<caption>Planted bugs, and how they were named</caption>");
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|https?:/); // nothing from elsewhere
    expect(lines).toMatch(/^\[1\/2\] The checkers themselves …$/m);
    expect(lines).toContain("The proof stands.");
  });

  it("does not stand when one step found a broken promise, and the others were still asked", async () => {
    const { report, page, lines } = await proof([broken, kept]);
    expect(stands(report)).toBe(false);
    expect(report.steps.map(({ outcome }) => outcome)).toEqual(["failed", "passed"]);
    expect(page).toContain("Broken: step broken");
    expect(page).toContain("Code &lt;b&gt;1&lt;/b&gt; was used twice.");
    expect(lines).toContain("target missed: Codes used twice is 1");
  });

  it("does not stand when a step threw: its message is the finding, and the others were still asked", async () => {
    const { report } = await proof([thrown, kept]);
    expect(stands(report)).toBe(false);
    expect(report.steps[0]).toMatchObject({
      outcome: "failed",
      says: "the cluster did not start (no room on the disk)",
    });
    expect(report.steps[1]?.outcome).toBe("passed");
  });

  it("does not stand on nothing", async () => {
    expect(stands((await proof([impossible])).report)).toBe(false);
  });

  it("takes only the steps that were asked for, and says which it left out", async () => {
    const { report } = await proof([kept, broken], { only: ["kept"] });
    expect(stands(report)).toBe(true);
    expect(report.notTested).toContain("Step broken: left out on request.");
  });
});

describe("the options of a proof", () => {
  it("are a few seeds for the short form, and twenty or more for the long one", () => {
    expect(readOptions([], "/proof")).toMatchObject({ form: "short", seeds: [1, 2, 3], out: "/proof", only: null });
    expect(readOptions(["--long"], "/proof").seeds).toHaveLength(20);
    expect(readOptions(["--seeds", "2", "--from", "41", "--seconds", "5"], "").seeds).toEqual([41, 42]);
  });

  it("are refused in words when they make no sense", () => {
    expect(() => readOptions(["--seeds", "many"], "")).toThrow(OptionProblem);
    expect(() => readOptions(["--seconds", "0"], "")).toThrow("--seconds must be a whole number of at least 1, not 0.");
    expect(() => readOptions(["--fast"], "")).toThrow("The options are --long, --seeds COUNT");
  });

  it("name each step once, in both forms", () => {
    for (const argv of [[], ["--long"]]) {
      const ids = stepsFor(readOptions(argv, "")).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});
