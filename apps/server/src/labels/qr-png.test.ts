import { inflateSync } from "node:zlib";
import { qrMatrix } from "@tessera/domain/qr/matrix";
import { type GreyImage, readPhoto, zxingEngine } from "@tessera/ui/scanner/decoding";
import { describe, expect, it } from "vitest";
import { qrPng } from "./qr-png.ts";

const TEXT = "https://lend.example/l/00000000000000000";

/** The brightness of each pixel of a PNG as `qrPng` writes it. */
function pixelsOf(png: Buffer): GreyImage {
  const side = png.readUInt32BE(16);
  const length = png.readUInt32BE(33);
  const rows = inflateSync(png.subarray(41, 41 + length));
  const rowBytes = 1 + Math.ceil(side / 8);
  const data = new Uint8ClampedArray(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const byte = rows[y * rowBytes + 1 + (x >> 3)] ?? 0;
      data[y * side + x] = byte & (0x80 >> (x & 7)) ? 255 : 0;
    }
  }
  return { width: side, height: side, data };
}

describe("a label's code as a PNG", () => {
  const matrix = qrMatrix(TEXT, { mask: 5 });

  it.each([37, 128, 256, 1_000])("of %i pixels at most is read by the scanner", (size) => {
    const image = pixelsOf(qrPng(matrix, size));
    expect(image.width).toBeLessThanOrEqual(size);
    expect(image.width % (matrix.length + 8)).toBe(0);
    if (size >= 128) expect(readPhoto(zxingEngine(), image)).toBe(TEXT);
  });

  it("has four modules of white on every side", () => {
    const { width, data } = pixelsOf(qrPng(matrix, 37));
    const darkAt = Array.from(data.keys()).filter((at) => data[at] === 0);
    const columns = darkAt.map((at) => at % width);
    const rows = darkAt.map((at) => Math.floor(at / width));
    expect([Math.min(...columns), Math.min(...rows), Math.max(...columns), Math.max(...rows)]).toEqual([4, 4, 32, 32]);
  });
});
