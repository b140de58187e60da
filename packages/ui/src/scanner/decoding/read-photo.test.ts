import { qrMatrix } from "@tessera/domain/qr/matrix";
import { describe, expect, it } from "vitest";
import { blankImage } from "./grey-image.ts";
import { fit, readPhoto } from "./read-photo.ts";
import { addNoise, blur } from "./scenes/lens.ts";
import { poseCode } from "./scenes/pose.ts";
import { seededRandom } from "./scenes/random.ts";
import { renderMatrix } from "./scenes/render-matrix.ts";
import { stockEngine, zxingEngine } from "./zxing-engine.ts";

const TEXT = "T1PH0T0GRAPHED0ABCDEFGHJKMNPQR";
const matrix = qrMatrix(TEXT, { mask: 5 });
const ours = zxingEngine();

describe("a photo", () => {
  it("is read when its code is small and in a corner", () => {
    const photo = poseCode(matrix, { width: 1600, height: 1200, side: 90, centre: [1450, 1050] });
    expect(readPhoto(ours, addNoise(photo, 6, seededRandom(1)))).toBe(TEXT);
  });

  it("is read out of focus, where the library at full size is not", () => {
    const photo = blur(poseCode(matrix, { width: 900, height: 700, side: 250, turn: 10 }), 4.5);
    expect(stockEngine().read(photo)).toBeNull();
    expect(readPhoto(ours, photo)).toBe(TEXT);
  });

  it("is read as a bare screenshot and as its negative", () => {
    expect(readPhoto(ours, renderMatrix(matrix, 3, 1))).toBe(TEXT);
    expect(readPhoto(ours, poseCode(matrix, { width: 600, height: 600, side: 400, shades: [20, 240, 20] }))).toBe(TEXT);
  });

  it("gives nothing where there is nothing", () => {
    expect(readPhoto(ours, addNoise(blankImage(700, 500), 60, seededRandom(2)))).toBeNull();
  });

  it("is shrunk to fit, keeping its shape, and never enlarged", () => {
    const sizeOf = (width: number, height: number) => {
      const image = fit(blankImage(width, height), 1280);
      return [image.width, image.height];
    };
    expect(sizeOf(4000, 3000)).toEqual([1280, 960]);
    expect(sizeOf(800, 600)).toEqual([800, 600]);
  });
});
