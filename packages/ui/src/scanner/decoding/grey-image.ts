/** A picture in shades of grey: one byte a pixel, row by row, 0 is black. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/**
 * Takes a size, and an image that is no longer needed; gives an image of that size with unspecified contents,
 * the old one when it fits. A camera asks for the same sizes fifteen times a second.
 */
export function blankImage(width: number, height: number, reuse?: GreyImage | null): GreyImage {
  if (reuse && reuse.width === width && reuse.height === height) return reuse;
  return { width, height, data: new Uint8ClampedArray(width * height) };
}
