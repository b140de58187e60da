import type { GreyImage } from "./grey-image.ts";

/**
 * Something that reads QR codes. One call is one try at one picture: nothing found is `null`, and an engine never makes
 * a text up. Which pictures to try, and in what order, is for `readFrame` and `readPhoto`.
 */
export interface DecodingEngine {
  readonly name: string;
  /** With "pure" the picture shows nothing but an upright code with a margin, and no finder needs to be looked for. */
  read(image: GreyImage, hint?: "pure"): string | null;
}
