import { blankImage, type GreyImage } from "./grey-image.ts";

/** Takes an image; gives its negative, so a light code on a dark screen becomes one the reader knows. */
export function invert(image: GreyImage): GreyImage {
  const negative = blankImage(image.width, image.height);
  for (let i = 0; i < image.data.length; i++) negative.data[i] = 255 - (image.data[i] as number);
  return negative;
}
