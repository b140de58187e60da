import type { GreyImage } from "./grey-image.ts";

/** The side of a block in pixels: a few modules of a code that fills a fifth of the frame. */
export const BLOCK = 8;

/** One number for each block of an image, row by row. */
export interface BlockGrid {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
}

/** Takes an image and the range below which a block is flat; gives the level between black and white of each block. */
export function blackPointsOf(image: GreyImage, flatRange: number): BlockGrid {
  const columns = Math.ceil(image.width / BLOCK);
  const rows = Math.ceil(image.height / BLOCK);
  const values = new Float32Array(columns * rows);

  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i++) {
      const { mean, min, max } = levelsIn(image, column * BLOCK, row * BLOCK);
      if (max - min > flatRange) {
        values[i] = mean;
        continue;
      }
      // Flat: paper, unless it is darker than its neighbours' black points, then it is the inside of something dark.
      const above = i - columns;
      const around =
        row && column
          ? ((values[above] as number) + 2 * (values[i - 1] as number) + (values[above - 1] as number)) / 4
          : 0;
      values[i] = min < around ? around : min / 2;
    }
  }
  return { columns, rows, values };
}

/** Takes black points; gives thresholds: each block's mean over the 5x5 blocks around it, so a flat block follows its edges. */
export function thresholdsFrom({ columns, rows, values }: BlockGrid): BlockGrid {
  const across = Math.min(5, columns);
  const down = Math.min(5, rows);
  const thresholds = new Float32Array(values.length);

  for (let row = 0, i = 0; row < rows; row++) {
    const top = within(row - 2, rows - down);
    for (let column = 0; column < columns; column++, i++) {
      const left = within(column - 2, columns - across);
      let sum = 0;
      for (let y = top; y < top + down; y++) {
        for (let x = left; x < left + across; x++) sum += values[y * columns + x] as number;
      }
      thresholds[i] = sum / (across * down);
    }
  }
  return { columns, rows, values: thresholds };
}

const within = (value: number, most: number) => Math.max(0, Math.min(value, most));

// One object for every block: fourteen thousand short-lived ones a frame would feed the garbage collector.
const levels = { mean: 0, min: 0, max: 0 };

function levelsIn({ width, height, data }: GreyImage, left: number, top: number) {
  const right = Math.min(width, left + BLOCK);
  const bottom = Math.min(height, top + BLOCK);
  let sum = 0;
  let min = 255;
  let max = 0;
  for (let y = top; y < bottom; y++) {
    for (let i = y * width + left; i < y * width + right; i++) {
      const level = data[i] as number;
      sum += level;
      if (level < min) min = level;
      if (level > max) max = level;
    }
  }
  levels.mean = sum / ((right - left) * (bottom - top));
  levels.min = min;
  levels.max = max;
  return levels;
}
