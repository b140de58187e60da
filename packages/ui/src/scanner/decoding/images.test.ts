import { describe, expect, it } from "vitest";
import { crop, cropCentre } from "./crop.ts";
import { greyFromRgba } from "./from-rgba.ts";
import { blankImage, type GreyImage } from "./grey-image.ts";
import { halve } from "./halve.ts";
import { invert } from "./invert.ts";
import { noiseOf } from "./noise.ts";
import { enlarge, resize } from "./resize.ts";
import { addNoise } from "./scenes/lens.ts";
import { seededRandom } from "./scenes/random.ts";
import { smooth } from "./smooth.ts";

const picture = (width: number, ...levels: number[]): GreyImage => ({
  width,
  height: levels.length / width,
  data: Uint8ClampedArray.from(levels),
});
const flat = (level: number) => {
  const image = blankImage(320, 240);
  image.data.fill(level);
  return image;
};
const levelsOf = (image: GreyImage) => [...image.data];

describe("a grey image", () => {
  it("weighs colours as an eye does, and takes nothing for white paper", () => {
    const rgba = Uint8ClampedArray.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 0, 0, 0, 0]);
    const [red = 0, green = 0, blue = 0, clear] = levelsOf(greyFromRgba({ width: 2, height: 2, data: rgba }));
    expect(green).toBeGreaterThan(red);
    expect(red).toBeGreaterThan(blue);
    expect(clear).toBe(255);
  });

  it("is written over the last one when it has the same size", () => {
    const rgba = { width: 2, height: 1, data: new Uint8ClampedArray(8).fill(255) };
    const old = blankImage(2, 1);
    expect(greyFromRgba(rgba, old)).toBe(old);
    expect(greyFromRgba(rgba, blankImage(3, 1))).not.toBe(old);
  });

  it("halves by averaging four pixels, dropping an odd rim", () => {
    expect(levelsOf(halve(picture(3, 0, 100, 9, 100, 200, 9)))).toEqual([100]);
  });

  it("inverts, and inverting twice is no change", () => {
    const image = picture(2, 0, 255, 10, 200);
    expect(levelsOf(invert(image))).toEqual([255, 0, 245, 55]);
    expect(levelsOf(invert(invert(image)))).toEqual(levelsOf(image));
  });

  it("is cropped where asked, and in the middle", () => {
    const image = picture(4, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    expect(levelsOf(crop(image, 1, 2, 2, 1))).toEqual([9, 10]);
    expect(levelsOf(cropCentre(image, 0.5))).toEqual([5, 6, 9, 10]);
  });

  it("keeps its corners and levels when enlarged", () => {
    const large = enlarge(picture(2, 0, 100, 100, 200));
    expect([large.width, large.height]).toEqual([4, 4]);
    expect([large.data[0], large.data[3], large.data[15]]).toEqual([0, 100, 200]);
    expect(levelsOf(resize(picture(2, 0, 100, 100, 200), 1, 1))).toEqual([100]);
  });

  it("smooths a speck into its neighbourhood", () => {
    expect(smooth(picture(3, 0, 0, 0, 0, 90, 0, 0, 0, 0)).data[4]).toBe(10);
  });

  it.each([0, 4, 8, 14])("knows its noise of sigma %i to within a tenth", (sigma) => {
    const measured = noiseOf(addNoise(flat(128), sigma, seededRandom(1)));
    expect(Math.abs(measured - sigma)).toBeLessThanOrEqual(sigma / 10 + 0.2);
  });
});
