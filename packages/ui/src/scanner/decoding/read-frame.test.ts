import { qrMatrix } from "@tessera/domain/qr/matrix";
import { describe, expect, it } from "vitest";
import type { DecodingEngine } from "./engine.ts";
import { blankImage, type GreyImage } from "./grey-image.ts";
import { chooseMask } from "./legibility.ts";
import { readFrame } from "./read-frame.ts";
import { addNoise, blur } from "./scenes/lens.ts";
import { type Pose, poseCode } from "./scenes/pose.ts";
import { seededRandom } from "./scenes/random.ts";
import { anyText } from "./scenes/texts.ts";
import { stockEngine, zxingEngine } from "./zxing-engine.ts";

const ours = zxingEngine();
const stock = stockEngine();

function scene(seed: number, wish: Partial<Pose> & { noise?: number; blur?: number } = {}) {
  const random = seededRandom(seed);
  const text = anyText(random);
  const matrix = qrMatrix(text, { mask: chooseMask(text) ?? 0 });
  const sharp = poseCode(matrix, { width: 1280, height: 720, side: 250, turn: 8, tilt: [6, -9], ...wish });
  return { text, frame: addNoise(blur(sharp, wish.blur ?? 0), wish.noise ?? 3, random) };
}

/** An engine that remembers what it was shown. By itself it reads nothing. */
function witness(engine?: DecodingEngine): DecodingEngine & { sizes: string[] } {
  const sizes: string[] = [];
  return {
    name: "witness",
    sizes,
    read: (image) => {
      sizes.push(`${image.width}x${image.height}`);
      return engine?.read(image) ?? null;
    },
  };
}

describe("a frame of the camera", () => {
  it("is read at half scale when a code fills a third of a 720p frame", () => {
    const { text, frame } = scene(1);
    const seen = witness(ours);

    expect(readFrame(seen, frame, 0)).toBe(text);
    expect(seen.sizes).toEqual(["640x360"]);
  });

  it("is read light on dark, as phones in dark mode show their codes, where the library reads nothing", () => {
    const { text, frame } = scene(2, { shades: [25, 230, 60] });
    expect(stock.read(frame)).toBeNull();
    expect(readFrame(ours, frame, 0)).toBe(text);
  });

  it("is read through sensor noise of sigma 8, where the stock binarizer reads nothing", () => {
    const scenes = [3, 4, 5, 6, 7, 8].map((seed) => scene(seed, { noise: 8 }));

    expect(scenes.map(({ frame }) => stock.read(frame))).toEqual(scenes.map(() => null));
    expect(scenes.map(({ frame }) => readFrame(ours, frame, 0))).toEqual(scenes.map(({ text }) => text));
  });

  it("loses nothing to the stock binarizer when there is no noise", () => {
    for (const seed of [9, 10, 11]) {
      const { text, frame } = scene(seed, { noise: 1 });
      expect([stock.read(frame), ours.read(frame)]).toEqual([text, text]);
    }
  });

  it("is read far away in the middle: 2.6 pixels a module, which half scale cannot tell apart", () => {
    const { text, frame } = scene(12, { side: 65, turn: 0, tilt: [0, 0] });
    expect([0, 1, 2].map((number) => readFrame(ours, frame, number))).toContain(text);
  });

  it("is read upside down and on its side", () => {
    for (const turn of [90, 180, 270]) {
      const { text, frame } = scene(13, { turn });
      expect(readFrame(ours, frame, 0)).toBe(text);
    }
  });

  it("gives nothing for an empty one, for static, and for one pixel", () => {
    const empty = { width: 640, height: 360, data: new Uint8ClampedArray(640 * 360).fill(128) };
    const single: GreyImage = { width: 1, height: 1, data: new Uint8ClampedArray(1) };
    for (const frame of [empty, addNoise(blankImage(640, 360), 80, seededRandom(14)), single]) {
      expect([0, 1, 2, 3, 4, 5, 6].map((number) => readFrame(ours, frame, number))).toEqual(Array(7).fill(null));
    }
  });

  it("never tries more than four views, and another extra one each time", () => {
    const frame = blankImage(1280, 720);
    const views = [0, 1, 2, 3, 4, 5, 6].map((number) => {
      const seen = witness();
      readFrame(seen, frame, number);
      expect(seen.sizes.slice(0, 3)).toEqual(["640x360", "640x360", "540x540"]);
      return seen.sizes.slice(3);
    });
    expect(views).toEqual([
      ["853x480"],
      ["540x540"],
      ["720x720"],
      ["1280x720"],
      ["1280x720"],
      ["1280x720"],
      ["320x180"],
    ]);
  });
});

describe("an engine", () => {
  it("throws what is not a matter of finding", () => {
    const broken = { width: 100, height: 100, data: null as unknown as Uint8ClampedArray };
    expect(() => ours.read(broken)).toThrow(TypeError);
  });
});
