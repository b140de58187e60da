import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const PASSED_OVER = new Set(["node_modules", "dist", "coverage"]);

function testFilesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return PASSED_OVER.has(entry.name) || entry.name.startsWith(".") ? [] : testFilesBelow(path);
    return /\.(test|spec)\.[cm]?[jt]sx?$/.test(entry.name) ? [relative(root, path)] : [];
  });
}

it("gives every test file of the tree to exactly one project", () => {
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const { stdout } = spawnSync(process.execPath, [vitest, "list", "--filesOnly", "--json"], {
    cwd: root,
    encoding: "utf8",
  });
  const listed: { file: string }[] = JSON.parse(stdout.slice(stdout.indexOf("[")));

  expect(listed.map(({ file }) => relative(root, file)).sort()).toEqual(testFilesBelow(root).sort());
}, 20_000);
