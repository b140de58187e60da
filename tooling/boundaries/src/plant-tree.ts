import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { mayImport } from "./layers.mjs";

const LIBRARIES = [
  "@prisma/client",
  "pg",
  "redlock",
  "ioredis",
  "express",
  "ws",
  "@zxing/library",
  "qr",
  "better-auth",
];

/** A small tree of the product's shape in a temporary folder, with `files` planted in it, for the rules to be tried on. */
export function plantTree(files: Record<string, string>) {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "tessera-layers-")));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(base, file)), { recursive: true });
    writeFileSync(join(base, file), text);
  };

  mkdirSync(join(base, "node_modules/@tessera"), { recursive: true });
  for (const room of [...Object.keys(mayImport), "tooling/vitest"]) {
    const name = room.split("/")[1] ?? "";
    const exports = { ".": "./src/index.ts", "./*": "./src/*.ts" };
    write(`${room}/package.json`, JSON.stringify({ name: `@tessera/${name}`, type: "module", exports }));
    write(`${room}/src/index.ts`, "export type Thing = string;\nexport const thing = 1;\n");
    symlinkSync(join(base, room), join(base, "node_modules/@tessera", name));
  }
  for (const library of LIBRARIES) {
    write(`node_modules/${library}/package.json`, JSON.stringify({ name: library, main: "dist/index.js" }));
    write(`node_modules/${library}/dist/index.js`, "module.exports = {};\n");
  }
  for (const [file, text] of Object.entries(files)) write(file, text);

  return { base, remove: () => rmSync(base, { recursive: true, force: true }) };
}
