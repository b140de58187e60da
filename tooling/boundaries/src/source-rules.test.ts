import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../launch/paths.mjs";
import { runTool } from "../../launch/run-tool.mjs";

type Diagnostic = { category: string; location: { path: string } };

/** [file, line of source, refused by] */
const lines: [string, string, string | null][] = [
  ["packages/domain/src/a.ts", "export const at = () => Date.now();", "plugin"],
  ["packages/domain/src/b.ts", "export const at = () => new Date();", "plugin"],
  ["packages/domain/src/c.ts", "export const chance = () => Math.random();", "plugin"],
  ["packages/domain/src/d.ts", "export const later = () => setTimeout(() => {}, 5);", "plugin"],
  ["packages/domain/src/e.ts", "export const id = () => crypto.randomUUID();", "plugin"],
  ["packages/domain/src/guard/a.ts", "export const at = () => Date.now();", null],
  ["packages/domain/src/f.test.ts", "export const at = () => Date.now();", null],
  ["packages/domain/src/g.ts", "export const at = (time: string) => new Date(time);", null],
  ["packages/db/src/a.ts", "export const at = () => Date.now();", null],
  ["packages/db/src/b.ts", "export const url = () => process.env.DATABASE_URL;", "lint/style/noProcessEnv"],
  ["apps/server/src/a.ts", "export const url = () => process.env.DATABASE_URL;", "lint/style/noProcessEnv"],
  ["apps/server/src/config.ts", "export const url = () => process.env.DATABASE_URL;", null],
  ["packages/db/src/c.ts", "export const all = (db: Db, id: string) => db.$queryRawUnsafe(id);", "plugin"],
  ["packages/db/src/d.ts", "export const all = (tx: Tx) => tx.$executeRawUnsafe('SELECT 1');", "plugin"],
  [
    "packages/db/src/e.ts",
    "export const all = (db: { $queryRaw: typeof String.raw }) => db.$queryRaw`SELECT 1`;",
    null,
  ],
  ["apps/server/src/b.ts", "export const ask = (url: string) => fetch(url);", "plugin"],
  ["packages/api/src/a.ts", "export const ask = (http: Http, url: string) => http.request(url);", "plugin"],
  ["packages/sdk/src/a.ts", "export const ask = (url: string) => fetch(url);", null],
  ["apps/server/test/a.test.ts", "export const url = () => process.env.DATABASE_URL;", null],
];

describe("the rules that the linter holds", () => {
  const base = mkdtempSync(join(tmpdir(), "tessera-lint-"));
  let found: Diagnostic[];

  beforeAll(async () => {
    for (const file of ["biome.json", "tooling/boundaries/domain-ports.grit", "tooling/boundaries/safe-server.grit"])
      cpSync(join(root, file), join(base, file));
    for (const [file, line] of lines) {
      mkdirSync(dirname(join(base, file)), { recursive: true });
      writeFileSync(join(base, file), `${line}\n`);
    }
    const biome = join(root, "node_modules/.bin/biome");
    const { output } = await runTool(biome, ["lint", "--vcs-enabled=false", "--reporter=json", "."], { cwd: base });
    const report = output.split("\n").find((line) => line.startsWith("{")) ?? output;
    found = JSON.parse(report).diagnostics;
  }, 20_000);
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it.each(lines)("%s: %s → %s", (file, _line, refusedBy) => {
    const categories = found.filter(({ location }) => location.path === file).map(({ category }) => category);
    expect(categories).toEqual(refusedBy === null ? [] : [refusedBy]);
  });
});
