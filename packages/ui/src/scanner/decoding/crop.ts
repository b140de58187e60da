import { blankImage, type GreyImage } from "./grey-image.ts";

/** Takes an image and a rectangle within it; gives that part as an image of its own. */
export function crop(image: GreyImage, left: number, top: number, width: number, height: number): GreyImage {
  const part = blankImage(width, height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * image.width + left;
    part.data.set(image.data.subarray(from, from + width), y * width);
  }
  return part;
}

/** Takes an image and a share of its shorter side; gives the square of that side in the middle. */
export function cropCentre(image: GreyImage, share: number): GreyImage {
  const side = Math.round(Math.min(image.width, image.height) * share);
  return crop(image, (image.width - side) >> 1, (image.height - side) >> 1, side, side);
}
