import { Binarizer, type BitArray, BitMatrix, type LuminanceSource } from "@zxing/library";
import { BLOCK, blackPointsOf, thresholdsFrom } from "./black-points.ts";
import type { GreyImage } from "./grey-image.ts";
import { noiseOf } from "./noise.ts";

/**
 * Black or white by the surroundings of each 8x8 block, as the library's hybrid, with one difference: how much a block
 * must vary before it counts as "not flat" follows the measured noise. The library's fixed 24 levels turn flat areas
 * into salt and pepper from a noise of sigma 5 on, and no code is found any more (94 % at sigma 4, 0 % at 6).
 */
export class NoiseFollowingBinarizer extends Binarizer {
  private matrix: BitMatrix | null = null;

  constructor(source: LuminanceSource) {
    super(source);
  }

  override getBlackMatrix(): BitMatrix {
    const source = this.getLuminanceSource();
    this.matrix ??= blackMatrix({ width: source.getWidth(), height: source.getHeight(), data: source.getMatrix() });
    return this.matrix;
  }

  override createBinarizer(source: LuminanceSource): Binarizer {
    return new NoiseFollowingBinarizer(source);
  }

  override getBlackRow(y: number, row: BitArray): BitArray {
    return this.getBlackMatrix().getRow(y, row);
  }
}

function blackMatrix(image: GreyImage): BitMatrix {
  const range = Math.min(64, Math.max(10, 6.5 * noiseOf(image)));
  const thresholds = thresholdsFrom(blackPointsOf(image, range));
  const rowSize = (image.width + 31) >> 5;
  const bits = new Int32Array(rowSize * image.height);

  for (let y = 0; y < image.height; y++) {
    const blockRow = Math.floor(y / BLOCK) * thresholds.columns;
    for (let x = 0; x < image.width; x++) {
      const threshold = thresholds.values[blockRow + (x >> 3)] as number;
      if ((image.data[y * image.width + x] as number) > threshold) continue;
      const word = y * rowSize + (x >> 5);
      bits[word] = (bits[word] as number) | (1 << (x & 31));
    }
  }
  return new BitMatrix(image.width, image.height, rowSize, bits);
}
