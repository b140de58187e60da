import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/node.ts", "src/react.ts"],
  format: "esm",
  platform: "neutral",
  // Every file whose types are packed is a root of one program there; else each gets a program of its own, and memory ends first.
  tsconfig: "tsconfig.build.json",
  dts: { eager: true },
  clean: true,
  // The contract and the router's type are written into the package: one import, nothing of the server.
  deps: { alwaysBundle: [/^@tessera\//] },
});
