import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { needsBuild } from "./build.mjs";
import { dependenciesFingerprint, sourcesFingerprint } from "./fingerprint.mjs";
import { needsInstall } from "./install.mjs";

let base;
const write = (file, text) => {
  mkdirSync(dirname(join(base, file)), { recursive: true });
  writeFileSync(join(base, file), text);
};

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "tessera-launch-"));
  write("package.json", "{}");
  write("pnpm-lock.yaml", "lockfileVersion: 9");
  write("pnpm-workspace.yaml", "packages: []");
  write("packages/domain/package.json", "{}");
  write("packages/domain/src/rules.ts", "export const rule = 1;");
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

describe("an install", () => {
  const recordInstall = () => write("node_modules/.tessera-install", dependenciesFingerprint(base));

  it("is needed when nothing was ever installed", () => expect(needsInstall(base)).toBe(true));

  it("is not needed a second time, nor after an edit of a source file", () => {
    recordInstall();
    write("packages/domain/src/rules.ts", "export const rule = 2;");
    expect(needsInstall(base)).toBe(false);
  });

  it.each([
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    "package.json",
    "packages/domain/package.json",
    "apps/new/package.json",
  ])("is needed when %s changed", (file) => {
    recordInstall();
    write(file, '{ "changed": true }');
    expect(needsInstall(base)).toBe(true);
  });
});

describe("a build", () => {
  const made = ["apps/server/dist/main.mjs", "apps/web/dist/index.html", "apps/kiosk/dist/index.html"];
  const recordBuild = () => {
    for (const file of made) write(file, "built");
    write(".tessera/build.json", JSON.stringify({ sources: sourcesFingerprint(base) }));
  };

  it("is needed when nothing was ever built", () => expect(needsBuild(base)).toBe(true));

  it("is not needed when nothing changed, nor when only times did", () => {
    recordBuild();
    utimesSync(join(base, "packages/domain/src/rules.ts"), new Date(), new Date());
    expect(needsBuild(base)).toBe(false);
  });

  it.each([
    "packages/domain/src/rules.test.ts",
    "packages/domain/src/guard/guard.suite.ts",
    "apps/server/test/redeem.test.ts",
    "packages/db/src/generated/client.ts",
    "packages/domain/.turbo/turbo-build.log",
  ])("is not needed when only %s changed", (file) => {
    recordBuild();
    write(file, "changed");
    expect(needsBuild(base)).toBe(false);
  });

  it.each([
    "packages/domain/src/rules.ts",
    "packages/domain/src/new.ts",
    "pnpm-lock.yaml",
    "tooling/typescript/base.json",
  ])("is needed when %s changed", (file) => {
    recordBuild();
    write(file, "changed");
    expect(needsBuild(base)).toBe(true);
  });

  it.each(made)("is needed when %s is gone", (file) => {
    recordBuild();
    rmSync(join(base, file));
    expect(needsBuild(base)).toBe(true);
  });

  it("is needed when the record of the last one cannot be read", () => {
    recordBuild();
    write(".tessera/build.json", "{ half");
    expect(needsBuild(base)).toBe(true);
  });
});
