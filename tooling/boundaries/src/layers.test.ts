import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cruiseTree } from "./cruise-tree.mjs";
import { plantTree } from "./plant-tree.ts";

type Cruised = Awaited<ReturnType<typeof cruiseTree>>;

const imports = (from: string) => `import { thing } from "${from}"; export const it = thing;`;
const importsType = (from: string) => `import type { Thing } from "${from}"; export type It = Thing;`;

/** [file, its text, the rule that must refuse it] */
const wrong: [string, string, string][] = [
  ["packages/contracts/src/a.ts", imports("@tessera/domain"), "contracts-layer"],
  ["packages/domain/src/a.ts", imports("@tessera/db"), "domain-layer"],
  ["packages/domain/src/b.ts", importsType("@tessera/db"), "domain-layer"],
  ["packages/domain/src/c.ts", imports("../../db/src/index.ts"), "domain-layer"],
  ["packages/db/src/a.ts", imports("@tessera/api"), "db-layer"],
  ["packages/api/src/a.ts", imports("@tessera/sdk"), "api-layer"],
  ["packages/sdk/src/a.ts", imports("@tessera/domain"), "sdk-layer"],
  ["packages/sdk/src/b.ts", imports("@tessera/api"), "api-is-a-type-to-the-sdk"],
  ["packages/sdk/src/c.ts", 'export * from "@tessera/api";', "api-is-a-type-to-the-sdk"],
  ["packages/ui/src/a.ts", imports("@tessera/api"), "ui-layer"],
  ["apps/web/src/a.ts", imports("@tessera/domain"), "web-layer"],
  ["apps/web/src/b.ts", imports("@tessera/kiosk"), "web-layer"],
  ["apps/kiosk/src/a.ts", imports("@tessera/db"), "kiosk-layer"],
  ["apps/kiosk/src/b.ts", 'export const late = () => import("@tessera/server");', "kiosk-layer"],
  ["apps/server/src/a.ts", imports("@tessera/ui"), "server-layer"],
  ["apps/server/src/b.ts", imports("@tessera/sdk"), "server-layer"],
  ["packages/domain/src/d.ts", imports("@tessera/vitest"), "only-tests-import-tooling"],
  ["packages/domain/src/e.ts", imports("@tessera/no-such-room"), "every-room-is-found"],
  ["packages/api/src/b.ts", imports("./c.ts"), "no-cycles"],
  ["packages/domain/src/f.ts", imports("@prisma/client"), "home-of-prisma"],
  ["packages/api/src/d.ts", importsType("@prisma/client"), "home-of-prisma"],
  ["apps/server/src/c.ts", imports("pg"), "home-of-prisma"],
  ["apps/server/src/d.ts", imports("@electric-sql/pglite"), "home-of-prisma"],
  ["packages/domain/src/guard/a.ts", imports("redlock"), "home-of-redlock"],
  ["packages/domain/src/guard/b.ts", imports("ioredis"), "types-of-ioredis"],
  ["packages/domain/src/g.ts", importsType("ioredis"), "home-of-ioredis"],
  ["apps/server/src/e.ts", imports("ioredis"), "home-of-ioredis"],
  ["packages/api/src/e.ts", imports("express"), "home-of-express"],
  ["packages/sdk/src/d.ts", imports("ws"), "home-of-ws"],
  ["packages/ui/src/scanner/a.ts", imports("@zxing/library"), "home-of-@zxing/library"],
  ["packages/ui/src/b.ts", imports("qr"), "home-of-qr"],
  ["apps/server/src/f.ts", imports("better-auth"), "home-of-better-auth"],
  ["apps/server/src/g.ts", imports("@openfeature/server-sdk"), "home-of-@openfeature/server-sdk"],
  ["apps/web/src/c.ts", imports("@trpc/react-query"), "home-of-@trpc/react-query"],
  ["packages/contracts/src/b.ts", imports("node:crypto"), "runs-in-a-browser"],
  ["packages/domain/src/h.ts", imports("fs"), "runs-in-a-browser"],
  ["packages/ui/src/c.tsx", imports("node:path"), "runs-in-a-browser"],
];

const companions = { "packages/api/src/c.ts": imports("./b.ts") };

const right: [string, string][] = [
  ["packages/domain/src/y.ts", imports("@tessera/contracts")],
  ["packages/domain/src/y.test.ts", imports("node:fs") + importsType("@tessera/vitest")],
  ["packages/domain/src/guard/y.ts", importsType("ioredis")],
  ["packages/domain/src/guard/y.test.ts", imports("ioredis")],
  ["packages/domain/src/guard/redlock-guard.ts", imports("redlock")],
  ["packages/domain/src/qr/y.ts", imports("qr")],
  ["packages/db/src/y.ts", imports("@prisma/client")],
  ["packages/sdk/src/y.ts", importsType("@tessera/api")],
  ["packages/sdk/src/node.ts", imports("ws")],
  ["packages/ui/src/scanner/decoding/y.ts", imports("@zxing/library")],
  ["apps/server/src/y.ts", imports("@tessera/ui/scanner/decoding/y")],
  ["apps/server/src/adapters/y.ts", imports("ioredis")],
  ["apps/server/test/y.test.ts", imports("@tessera/sdk") + importsType("ws")],
  ["apps/web/src/y.ts", imports("@tessera/ui")],
];

describe("the layer rule", () => {
  let planted: ReturnType<typeof plantTree>;
  let cruised: Cruised;

  beforeAll(async () => {
    planted = plantTree({ ...Object.fromEntries([...wrong, ...right]), ...companions });
    cruised = await cruiseTree(planted.base);
  }, 30_000);
  afterAll(() => planted.remove());

  it.each(wrong)("refuses in %s: %s", (file, _text, rule) => {
    expect(cruised.violations.filter(({ from }) => from === file).map((found) => found.rule)).toContain(rule);
  });

  it.each(right)("allows in %s: %s", (file) => {
    expect(cruised.violations.filter(({ from }) => from === file)).toEqual([]);
  });

  it.each([
    [
      "packages/domain/src/a.ts",
      "packages/domain/src/a.ts imports packages/db/src/index.ts: packages/domain may import packages/contracts (domain-layer)",
    ],
    [
      "packages/domain/src/guard/a.ts",
      "packages/domain/src/guard/a.ts imports node_modules/redlock/dist/index.js: redlock may be imported by packages/domain/src/guard/redlock-guard.ts only (home-of-redlock)",
    ],
    [
      "apps/server/src/e.ts",
      "apps/server/src/e.ts imports node_modules/ioredis/dist/index.js: ioredis may be imported by apps/server/src/adapters/ only (home-of-ioredis)",
    ],
  ])("says in one sentence what is wrong in %s", (file, sentence) => {
    expect(cruised.violations.find(({ from }) => from === file)?.sentence).toBe(sentence);
  });
});

describe("the real tree", () => {
  it("holds to the rule, and was really looked at", async () => {
    const { modules, violations } = await cruiseTree(fileURLToPath(new URL("../../../", import.meta.url)));
    expect(violations.map(({ sentence }) => sentence)).toEqual([]);
    expect(modules.length).toBeGreaterThan(0);
  }, 30_000);
});
