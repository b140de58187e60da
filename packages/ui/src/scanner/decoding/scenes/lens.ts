import type { GreyImage } from "../grey-image.ts";
import { type Random, seededRandom } from "./random.ts";

/** Takes an image and a sigma in pixels; gives it out of focus. */
export function blur(image: GreyImage, sigma: number): GreyImage {
  if (sigma < 0.2) return image;
  const reach = Math.ceil(2.5 * sigma);
  const bell = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)));
  return smear(smear(image, bell, 1, 0), bell, 0, 1);
}

/** Takes an image and a length in pixels; gives it as if the hand had moved sideways while the shutter was open. */
export function motion(image: GreyImage, length: number): GreyImage {
  return smear(image, Array<number>(length).fill(1), 1, 0);
}

/** Takes an image, a sigma in grey levels and some chance; gives it with the grain of a cheap sensor, drawn in place. */
export function addNoise(image: GreyImage, sigma: number, random: Random): GreyImage {
  if (sigma === 0) return image;
  const { data } = image;
  for (let start = 0; start < data.length; start += STRETCH) {
    const from = Math.floor(random.uniform() * (grain.length - STRETCH)) - start;
    const end = Math.min(data.length, start + STRETCH);
    for (let i = start; i < end; i++) data[i] = (data[i] as number) + sigma * (grain[from + i] as number);
  }
  return image;
}

const STRETCH = 509; // no power of two, so stretches do not line up with rows and draw stripes

/** Drawn once: a frame has a million pixels, and a draw costs as much as reading ten of them. */
const grain = grainTable();

function grainTable() {
  const random = seededRandom(1);
  return Float32Array.from({ length: 1 << 16 }, () => random.gaussian());
}

/** The rim repeats outwards. Walks the kernel outside, the picture inside: the inner loop stays free of questions. */
function smear({ width, height, data }: GreyImage, weights: number[], dx: number, dy: number): GreyImage {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sums = new Float32Array(data.length);
  weights.forEach((weight, k) => {
    const stepX = (k - (weights.length >> 1)) * dx;
    const stepY = (k - (weights.length >> 1)) * dy;
    for (let y = 0, i = 0; y < height; y++) {
      const row = Math.max(0, Math.min(height - 1, y + stepY)) * width;
      for (let x = 0; x < width; x++, i++) {
        const column = Math.max(0, Math.min(width - 1, x + stepX));
        sums[i] = (sums[i] as number) + (weight / total) * (data[row + column] as number);
      }
    }
  });
  return { width, height, data: Uint8ClampedArray.from(sums) };
}
