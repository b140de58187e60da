import { blankImage, type GreyImage } from "./grey-image.ts";

/** Takes the pixels of a canvas and an image to write over; gives the picture in grey, transparent parts as white. */
export function greyFromRgba(
  rgba: { width: number; height: number; data: Uint8ClampedArray | Uint8Array },
  reuse?: GreyImage | null,
): GreyImage {
  const grey = blankImage(rgba.width, rgba.height, reuse);
  const from = new Uint32Array(rgba.data.buffer, rgba.data.byteOffset, grey.data.length); // one read a pixel, not four
  for (let i = 0; i < grey.data.length; i++) {
    const pixel = from[i] as number;
    const light = ((pixel & 255) * 77 + ((pixel >> 8) & 255) * 150 + ((pixel >> 16) & 255) * 29) >> 8;
    const alpha = pixel >>> 24;
    grey.data[i] = alpha === 255 ? light : 255 - ((255 - light) * alpha) / 255;
  }
  return grey;
}
