import { cpSync } from "node:fs";
import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/main.ts", "src/legibility-worker.ts"],
  format: "esm",
  platform: "node",
  target: "node20",
  clean: true,
  dts: false,
  noExternal: [/^@tessera\//],
  hooks: {
    "build:done": () => {
      const db = new URL("../../packages/db/", import.meta.url);
      cpSync(new URL("src/embedded-worker.mjs", db), new URL("dist/embedded-worker.mjs", import.meta.url));
      cpSync(new URL("prisma/migrations/", db), new URL("dist/migrations/", import.meta.url), { recursive: true });
    },
  },
});
