import { blankImage, type GreyImage } from "./grey-image.ts";

/** Where each new pixel lies between two old ones. */
interface Steps {
  readonly at: Int32Array;
  readonly next: Int32Array;
  readonly share: Float32Array;
}

/** Takes an image and a new size; gives it drawn at that size, blending the four nearest pixels. Best down to half size. */
export function resize(image: GreyImage, width: number, height: number): GreyImage {
  const resized = blankImage(width, height);
  const across = steps(image.width, width);
  const down = steps(image.height, height);

  for (let y = 0, to = 0; y < height; y++) {
    const upper = (down.at[y] as number) * image.width;
    const lower = (down.next[y] as number) * image.width;
    const below = down.share[y] as number;
    for (let x = 0; x < width; x++) {
      const left = across.at[x] as number;
      const right = across.next[x] as number;
      const beside = across.share[x] as number;
      const top = mix(image.data[upper + left] as number, image.data[upper + right] as number, beside);
      const bottom = mix(image.data[lower + left] as number, image.data[lower + right] as number, beside);
      resized.data[to++] = mix(top, bottom, below);
    }
  }
  return resized;
}

/** Takes an image and a factor; gives it at that multiple of its size. */
export function scale(image: GreyImage, factor: number): GreyImage {
  return resize(image, Math.round(image.width * factor), Math.round(image.height * factor));
}

/** Takes an image; gives it at twice the size: modules of two pixels are too small for the reader, of four are not. */
export function enlarge(image: GreyImage): GreyImage {
  return scale(image, 2);
}

const mix = (a: number, b: number, share: number) => a + (b - a) * share;

function steps(from: number, to: number): Steps {
  const path = { at: new Int32Array(to), next: new Int32Array(to), share: new Float32Array(to) };
  for (let i = 0; i < to; i++) {
    const exact = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    path.at[i] = exact;
    path.next[i] = Math.min(from - 1, Math.floor(exact) + 1);
    path.share[i] = exact - Math.floor(exact);
  }
  return path;
}
