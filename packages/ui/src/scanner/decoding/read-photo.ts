import { crop } from "./crop.ts";
import type { DecodingEngine } from "./engine.ts";
import type { GreyImage } from "./grey-image.ts";
import { halve } from "./halve.ts";
import { invert } from "./invert.ts";
import { enlarge, scale } from "./resize.ts";
import { sharpen } from "./sharpen.ts";
import { smooth } from "./smooth.ts";

/**
 * Takes a still picture; gives the text of a code in it, or `null`. There is one picture and a person who waits for it,
 * so everything is tried: sizes down to where a near code is small enough, edges lifted, parts of the picture on their
 * own (a code among many, or small in a corner), the negative, and last a picture that is nothing but a code.
 */
export function readPhoto(engine: DecodingEngine, image: GreyImage): string | null {
  for (const view of views(image)) {
    const text = engine.read(view);
    if (text !== null) return text;
  }
  return engine.read(fit(image, 1280), "pure");
}

/** Cheapest chance first; drawn only when asked for. The order is measured on 164 public photos. */
function* views(image: GreyImage): Generator<GreyImage> {
  const sizes = [960, 640, 480, 320, 200].map((side) => fit(image, side));
  yield* sizes;
  for (const small of sizes) yield sharpen(small);
  for (const small of sizes) yield invert(small);

  const large = fit(image, 1280);
  yield large;
  for (const across of [2, 3, 5]) yield* tiles(large, across);
  yield sharpen(large);
  yield smooth(large);
  yield invert(large);
  for (const part of tiles(large, 3)) yield enlarge(smooth(part));
  if (large !== image) yield* tiles(image, 3); // full size, for small codes in large photos
}

/** Takes an image and a longest side; gives the image itself if it fits, or else a smaller one. */
export function fit(image: GreyImage, longest: number): GreyImage {
  const side = Math.max(image.width, image.height);
  if (side <= longest) return image;
  return side >= 2 * longest ? fit(halve(image), longest) : scale(image, longest / side);
}

/** Parts that overlap by half, so a code is whole in one of them. */
function* tiles(image: GreyImage, across: number): Generator<GreyImage> {
  const width = Math.floor((2 * image.width) / (across + 1));
  const height = Math.floor((2 * image.height) / (across + 1));
  for (let i = 0; i < across * across; i++) {
    const left = Math.floor(((image.width - width) * (i % across)) / (across - 1));
    const top = Math.floor(((image.height - height) * Math.floor(i / across)) / (across - 1));
    yield crop(image, left, top, width, height);
  }
}
