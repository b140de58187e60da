import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/node.ts", "src/react.ts"],
  format: "esm",
  platform: "neutral",
  dts: { eager: true },
  clean: true,
  // The contract and the router's type are written into the package: one import, nothing of the server.
  deps: { alwaysBundle: [/^@tessera\//] },
});
