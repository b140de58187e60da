import { cropCentre } from "./crop.ts";
import type { DecodingEngine } from "./engine.ts";
import type { GreyImage } from "./grey-image.ts";
import { halve } from "./halve.ts";
import { invert } from "./invert.ts";
import { enlarge, scale } from "./resize.ts";
import { sharpen } from "./sharpen.ts";
import { smooth } from "./smooth.ts";

type View = (image: GreyImage) => GreyImage;

/** One of these follows the three fixed tries: too dear for every frame, and a code is held before the camera for many. */
const extras: readonly View[] = [
  (image) => scale(image, 2 / 3),
  (image) => sharpen(smooth(cropCentre(image, 0.75))), // out of focus
  (image) => enlarge(smooth(cropCentre(image, 0.5))), // far away
  (image) => image, // small and off the middle
  invert,
  smooth,
  (image) => halve(halve(image)), // so near that it fills the frame
];

/**
 * Takes one frame of a video and its number; gives the text of a code in it, or `null`. Cheap views first, stop at the
 * first hit: half size reads most codes and is the calmest, its negative reads dark screens, the middle at full size
 * reads small codes. The frame number chooses one extra, so seven frames have tried everything.
 */
export function readFrame(engine: DecodingEngine, image: GreyImage, frameNumber: number): string | null {
  const half = halve(image);
  return (
    engine.read(half) ??
    engine.read(invert(half)) ??
    engine.read(cropCentre(image, 0.75)) ??
    engine.read(extraFor(frameNumber)(image))
  );
}

const extraFor = (frameNumber: number) => extras[frameNumber % extras.length] as View;
