import type { GreyImage } from "./grey-image.ts";

const GRID = 7; // every seventh pixel each way: 18,000 samples of a 720p frame, plenty for a median
/** |4c-l-r-u-d| of pure noise has a spread of sqrt(20) sigma, and its median lies at 0.6745 of that. */
const MEDIAN_PER_SIGMA = 4.472 * 0.6745;

/** Takes an image; gives the sigma of its sensor noise in grey levels. Edges are rare enough not to move the median. */
export function noiseOf({ width, height, data }: GreyImage): number {
  const counts = new Uint32Array(1021);
  let samples = 0;
  for (let y = 1; y < height - 1; y += GRID) {
    for (let x = 1; x < width - 1; x += GRID, samples++) {
      const i = y * width + x;
      const sides = (data[i - 1] as number) + (data[i + 1] as number);
      const difference = Math.abs(
        4 * (data[i] as number) - sides - (data[i - width] as number) - (data[i + width] as number),
      );
      counts[difference] = (counts[difference] as number) + 1;
    }
  }
  return median(counts, samples) / MEDIAN_PER_SIGMA;
}

function median(counts: Uint32Array, samples: number): number {
  let below = 0;
  for (const [value, count] of counts.entries()) {
    below += count;
    if (below >= samples / 2) return value;
  }
  return 0;
}
