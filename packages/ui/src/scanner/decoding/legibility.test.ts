import { masks, qrMatrix } from "@tessera/domain/qr/matrix";
import { describe, expect, it } from "vitest";
import { blankImage, type GreyImage } from "./grey-image.ts";
import { chooseMask, isLegible } from "./legibility.ts";
import { readFrame } from "./read-frame.ts";
import { addNoise } from "./scenes/lens.ts";
import { type Random, seededRandom } from "./scenes/random.ts";
import { renderMatrix } from "./scenes/render-matrix.ts";
import { anyText } from "./scenes/texts.ts";
import { stockEngine, zxingEngine } from "./zxing-engine.ts";

const texts = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => anyText(random));
};

const stock = stockEngine();
const ours = zxingEngine();
const stockReads = (text: string, matrix: boolean[][]) => stock.read(renderMatrix(matrix, 5)) === text;

/** The render somewhere in a frame with a table behind it and a camera's grain. */
function framed(render: GreyImage, random: Random): GreyImage {
  const frame = blankImage(400, 300);
  frame.data.fill(180);
  const left = Math.floor(random.uniform() * (frame.width - render.width));
  const top = Math.floor(random.uniform() * (frame.height - render.height));
  for (let y = 0; y < render.height; y++) {
    const row = render.data.subarray(y * render.width, (y + 1) * render.width);
    frame.data.set(row, (top + y) * frame.width + left);
  }
  return addNoise(frame, 4, random);
}

/** A hand rarely holds still, and a camera takes fifteen frames a second: seven show every extra view, in half of one. */
function isSeen(text: string, matrix: boolean[][], px: number, random: Random): boolean {
  const render = renderMatrix(matrix, px);
  return [0, 1, 2, 3, 4, 5, 6].some((number) => readFrame(ours, framed(render, random), number) === text);
}

describe("choosing a mask", () => {
  it("is needed, because the stock reader misses some clean codes drawn with the encoder's favourite mask", () => {
    const missed = texts(1, 300).filter((text) => !stockReads(text, qrMatrix(text)));

    expect(missed.length).toBeGreaterThan(2);
    for (const text of missed) {
      const mask = chooseMask(text);
      expect(mask).not.toBeNull();
      expect(stockReads(text, qrMatrix(text, { mask: mask ?? 0 }))).toBe(true);
    }
  });

  it("turns away what cannot be read, so the test above can fail", () => {
    const [text = ""] = texts(2, 1);
    const spoiled = qrMatrix(text, { mask: 0 }).map((row, y) => row.map((dark) => dark !== (y > 9 && y < 16)));
    expect(isLegible(text, spoiled)).toBe(false);
    expect(isLegible(`${text}0`, qrMatrix(text, { mask: 0 }))).toBe(false);
  });

  it("gives one of the eight, and the same one each time", () => {
    for (const text of texts(3, 20)) {
      expect(masks).toContain(chooseMask(text));
      expect(chooseMask(text)).toBe(chooseMask(text));
    }
  });

  it.each([
    ["signed", 148, 41],
    ["rotating", 170, 45],
  ])("also serves a %s code, which is %i letters after its tag and %i modules wide", (_, letters, modules) => {
    const random = seededRandom(4);
    const codes = Array.from({ length: 20 }, () => anyText(random, letters));
    expect(qrMatrix(codes[0] ?? "")).toHaveLength(modules);
    const unread = codes.filter((text, i) => {
      const mask = chooseMask(text);
      return mask === null || !isSeen(text, qrMatrix(text, { mask }), 3 + (i % 3), random);
    });
    expect(unread).toEqual([]);
  });

  it("lets the scanner read 2,000 of 2,000 codes, from 3 to 8 pixels a module, anywhere in the frame", {
    timeout: 120_000,
  }, () => {
    const random = seededRandom(6);
    const unread = texts(5, 2_000).filter((text, i) => {
      const mask = chooseMask(text);
      return mask === null || !isSeen(text, qrMatrix(text, { mask }), 3 + (i % 6), random);
    });
    expect(unread).toEqual([]);
  });
});
