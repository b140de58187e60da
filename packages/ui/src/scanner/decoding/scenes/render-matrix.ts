import { blankImage, type GreyImage } from "../grey-image.ts";

/** Takes modules, their size in pixels and the quiet zone in modules; gives the code as any screen would draw it. */
export function renderMatrix(matrix: boolean[][], pxPerModule: number, quiet = 4): GreyImage {
  const side = (matrix.length + 2 * quiet) * pxPerModule;
  const image = blankImage(side, side);
  image.data.fill(255);
  matrix.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) fill(image, (x + quiet) * pxPerModule, (y + quiet) * pxPerModule, pxPerModule);
    });
  });
  return image;
}

function fill({ width, data }: GreyImage, left: number, top: number, side: number) {
  for (let y = top; y < top + side; y++) data.fill(0, y * width + left, y * width + left + side);
}
