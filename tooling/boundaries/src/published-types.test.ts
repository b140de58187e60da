import { describe, expect, it } from "vitest";
import { inwardMentions, publishedTypes, sizeOf } from "./published-types.ts";

const packed = (files: Record<string, string>) => ({
  readFile: (path: string) => files[path] ?? "",
  fileExists: (path: string) => path in files,
});

describe("the published types", () => {
  it("are an entry and every chunk behind it, each once", () => {
    const types = publishedTypes(
      packed({
        "/p/dist/index.d.ts": 'export { A } from "./a.js"; import "./b.mjs"; type C = import("./a.js").A;',
        "/p/dist/a.d.ts": 'export * from "./index.js"; export type A = 1;',
        "/p/dist/b.d.mts": "export type B = 2;",
        "/p/dist/other.d.ts": "not reached",
      }),
      "/p/dist/index.d.ts",
    );
    expect([...types.keys()]).toEqual(["/p/dist/index.d.ts", "/p/dist/a.d.ts", "/p/dist/b.d.mts"]);
  });

  it("count a leak that sits in a chunk", () => {
    const types = publishedTypes(
      packed({
        "/p/index.d.ts": 'export * from "./router.js";',
        "/p/router.d.ts": `import { PrismaClient } from "@prisma/client";\n${"x".repeat(30_000)}`,
      }),
      "/p/index.d.ts",
    );
    expect(inwardMentions(types)).toEqual(['/p/router.d.ts: import { PrismaClient } from "@prisma/client";']);
    expect(sizeOf(types)).toBeGreaterThan(30_000);
  });

  it("are refused when a chunk was not packed", () => {
    expect(() => publishedTypes(packed({ "/p/index.d.ts": 'export * from "./gone.js";' }), "/p/index.d.ts")).toThrow(
      "/p/gone.d.ts is imported by the published types but was not packed",
    );
  });
});
