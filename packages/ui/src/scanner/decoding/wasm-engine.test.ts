import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { qrMatrix } from "@tessera/domain/qr/matrix";
import { beforeAll, describe, expect, it } from "vitest";
import { blankImage, invert, poseCode, readFrame, renderMatrix, zxingEngine } from "./index.ts";
import { type LateEngine, wasmEngine } from "./wasm-engine.ts";

const TEXT = "T120000000000000000000000000ZG";
const FRAME = { width: 1280, height: 720 };
const tilted = poseCode(qrMatrix(TEXT), {
  ...FRAME,
  centre: [420, 300],
  side: 110,
  turn: 33,
  tilt: [38, 20],
  quiet: 2,
  shades: [200, 60, 150],
});

describe("the engine in WebAssembly", () => {
  let engine: LateEngine;
  beforeAll(async () => {
    const file = readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm"));
    engine = await wasmEngine({ binary: new Uint8Array(file).buffer });
  });

  it("reads what the others read, upright and in negative", async () => {
    const upright = renderMatrix(qrMatrix(TEXT), 4);
    expect(await engine.read(upright)).toBe(TEXT);
    expect(await engine.read(invert(upright))).toBe(TEXT);
  });

  it("reads a small code that is turned and tilted, and that the other engine needs luck for", async () => {
    expect(await engine.read(tilted)).toBe(TEXT);
    expect([TEXT, null]).toContain(readFrame(zxingEngine(), tilted, 0));
  });

  it("makes nothing up", async () => {
    expect(await engine.read(blankImage(320, 240))).toBeNull();
  });
});
