import { LuminanceSource } from "@zxing/library";
import type { GreyImage } from "./grey-image.ts";
import { invert } from "./invert.ts";

/** Lends a grey image to the library without copying it. */
export class GreySource extends LuminanceSource {
  private readonly image: GreyImage;

  constructor(image: GreyImage) {
    super(image.width, image.height);
    this.image = image;
  }

  override getRow(y: number, row?: Uint8ClampedArray): Uint8ClampedArray {
    const pixels = this.image.data.subarray(y * this.image.width, (y + 1) * this.image.width);
    if (!row || row.length < pixels.length) return pixels.slice();
    row.set(pixels);
    return row;
  }

  override getMatrix(): Uint8ClampedArray {
    return this.image.data;
  }

  override invert(): LuminanceSource {
    return new GreySource(invert(this.image));
  }
}
