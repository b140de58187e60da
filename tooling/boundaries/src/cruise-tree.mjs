import { existsSync } from "node:fs";
import { join } from "node:path";
import { cruise } from "dependency-cruiser";
import { rules } from "./layers.mjs";

/** @typedef {{ from: string, to: string, rule: string, sentence: string }} Violation */

/**
 * Cruises `packages` and `apps` below `base`, and says of each wrong import in one sentence what is wrong.
 * @param {string} base
 * @returns {Promise<{ modules: string[], violations: Violation[] }>}
 */
export async function cruiseTree(base) {
  const folders = ["packages", "apps"].filter((folder) => existsSync(join(base, folder)));
  const { output } = await cruise(
    folders,
    {
      baseDir: base,
      validate: true,
      ruleSet: { forbidden: rules },
      doNotFollow: { path: "node_modules" },
      exclude: { path: "^(packages|apps)/[^/]+/(dist|coverage|src/generated)/" }, // ours only: libraries live in dist, too
      tsPreCompilationDeps: true, // types count too: a type of Prisma in the SDK is as wrong as its code
      moduleSystems: ["es6"],
      skipAnalysisNotInRules: true,
    },
    {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "types", "default"],
      extensions: [".ts", ".tsx", ".mts", ".mjs", ".js", ".json", ".d.ts"],
      mainFields: ["module", "main", "types"],
    },
  );

  const reasons = new Map(rules.map((rule) => [rule.name, rule.comment]));
  return {
    // Only files of ours: what they import is listed as modules as well.
    modules: output.modules.filter((module) => /^(packages|apps)\//.test(module.source)).map((module) => module.source),
    violations: output.summary.violations.map(({ from, to, rule }) => ({
      from,
      to,
      rule: rule.name,
      sentence: `${from} imports ${to}: ${reasons.get(rule.name)} (${rule.name})`,
    })),
  };
}
