import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const BUILT = new Set(["node_modules", "dist", "generated", "coverage", "test-results", "screenshots"]);
const TESTS = new Set(["test", "__tests__"]);
const TEST_FILE = /\.(test|suite)\.[cm]?[jt]sx?$/;

/** Hidden folders hold caches; what a build makes and what only tests read cannot change the next build. */
function counts(entry) {
  if (entry.name.startsWith(".")) return false;
  if (entry.isDirectory()) return !BUILT.has(entry.name) && !TESTS.has(entry.name);
  return entry.isFile() && !TEST_FILE.test(entry.name);
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(counts)
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** One hash over names and contents. Contents rather than times, so a fresh clone and a `touch` change nothing. */
export function fingerprintOf(base, files, extra = "") {
  const hash = createHash("sha256").update(extra);
  for (const file of [...files].sort()) {
    hash.update(`\0${relative(base, file).split(sep).join("/")}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function packageFiles(base) {
  return ["apps", "packages", "tooling"].flatMap((group) => {
    const folder = join(base, group);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .map((name) => join(folder, name, "package.json"))
      .filter(existsSync);
  });
}

const atRoot = (base, names) => names.map((name) => join(base, name)).filter(existsSync);

/** What decides the content of node_modules. The platform is part of it: native packages differ. */
export function dependenciesFingerprint(base) {
  const files = [...atRoot(base, ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"]), ...packageFiles(base)];
  return fingerprintOf(base, files, `${process.platform}-${process.arch}`);
}

/** What decides the content of every dist folder. */
export function sourcesFingerprint(base) {
  const folders = ["apps", "packages", "tooling/typescript"].map((name) => join(base, name)).filter(existsSync);
  return fingerprintOf(base, [...atRoot(base, ["pnpm-lock.yaml", "turbo.json"]), ...folders.flatMap(filesBelow)]);
}
