import { crc32, deflateSync } from "node:zlib";
import { QUIET_MODULES } from "@tessera/domain/labels/sheets";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** One bit for each pixel, grey: 0 is black. */
const [BIT_DEPTH, GREY] = [1, 0];

/**
 * Each module is a whole number of pixels wide, so no edge is blurred: the picture is as large as that allows.
 *
 * @param matrix A code's modules.
 * @param size The most pixels it may be wide.
 * @returns The code with its quiet zone, as a PNG.
 */
export function qrPng(matrix: boolean[][], size: number): Buffer {
  const modules = matrix.length + 2 * QUIET_MODULES;
  const scale = Math.max(1, Math.floor(size / modules));
  const side = modules * scale;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([BIT_DEPTH, GREY], 8);
  const rows = Array.from({ length: modules }, (_, row) => rowOf(matrix[row - QUIET_MODULES] ?? [], side, scale));
  const pixels = Buffer.concat(rows.flatMap((row) => Array.from({ length: scale }, () => row)));
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(pixels, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A row of pixels, after the byte that says it is written as it is. */
function rowOf(modules: readonly boolean[], side: number, scale: number): Buffer {
  const row = Buffer.alloc(1 + Math.ceil(side / 8), 0xff);
  row[0] = 0;
  modules.forEach((isDark, column) => {
    if (!isDark) return;
    const from = (column + QUIET_MODULES) * scale;
    for (let pixel = from; pixel < from + scale; pixel++) {
      const at = 1 + (pixel >> 3);
      row[at] = (row[at] ?? 0) & ~(0x80 >> (pixel & 7));
    }
  });
  return row;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
