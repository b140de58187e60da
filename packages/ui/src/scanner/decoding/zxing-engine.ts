import {
  type Binarizer,
  BinaryBitmap,
  ChecksumException,
  DecodeHintType,
  FormatException,
  HybridBinarizer,
  type LuminanceSource,
  NotFoundException,
  QRCodeReader,
} from "@zxing/library";
import type { DecodingEngine } from "./engine.ts";
import { GreySource } from "./grey-source.ts";
import { NoiseFollowingBinarizer } from "./noise-following-binarizer.ts";

const hard: [DecodeHintType, boolean] = [DecodeHintType.TRY_HARDER, true]; // looks at every third row, not every fifth
const anywhere = new Map([hard]);
const pure = new Map([hard, [DecodeHintType.PURE_BARCODE, true]]);

const SMALLEST_CODE = 21; // modules of a version 1 code; the library refuses an image without pixels as a mistake of ours

/** Gives the engine the scanner runs on: the library's reader behind a binarizer that follows the noise. */
export function zxingEngine(): DecodingEngine {
  return engine("zxing", (source) => new NoiseFollowingBinarizer(source));
}

/** Gives the library as it is shipped: what any other scanner built on it would read. Codes we issue must pass it too. */
export function stockEngine(): DecodingEngine {
  return engine("zxing stock", (source) => new HybridBinarizer(source));
}

function engine(name: string, binarize: (source: LuminanceSource) => Binarizer): DecodingEngine {
  return {
    name,
    read(image, hint) {
      if (Math.min(image.width, image.height) < SMALLEST_CODE) return null;
      const bitmap = new BinaryBitmap(binarize(new GreySource(image)));
      return quietly(() => new QRCodeReader().decode(bitmap, hint === "pure" ? pure : anywhere).getText());
    },
  };
}

/** To the library "no code here" is an exception, fifteen times a second. Anything else it throws is a surprise. */
function quietly(read: () => string): string | null {
  try {
    return read();
  } catch (error) {
    const nothing =
      error instanceof NotFoundException || error instanceof ChecksumException || error instanceof FormatException;
    if (nothing) return null;
    throw error;
  }
}
