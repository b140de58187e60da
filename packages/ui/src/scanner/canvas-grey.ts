// By file: the whole of decoding would bring the library into the page, where only the worker needs it.
import { greyFromRgba } from "./decoding/from-rgba.ts";
import type { GreyImage } from "./decoding/grey-image.ts";

type Canvas = OffscreenCanvas | HTMLCanvasElement;
type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

/** Turns pictures of the browser into grey ones, keeping its canvas and its pixels for the next. */
export type GreyCamera = (source: CanvasImageSource, size: Size) => GreyImage;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Gives a grey camera. Each owner has one of its own: it hands out the same image again and again. */
export function greyCamera(): GreyCamera {
  let canvas: Canvas | null = null;
  let grey: GreyImage | null = null;

  return (source, { width, height }) => {
    canvas ??= newCanvas();
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d", { willReadFrequently: true }) as Context | null;
    if (!context) throw new Error("this browser gives no canvas to draw on");

    context.clearRect(0, 0, width, height); // or a clear picture would show the one before
    context.imageSmoothingQuality = "high"; // a phone's photo shrinks to a third: the quick way skips whole modules
    context.drawImage(source, 0, 0, width, height);
    grey = greyFromRgba(context.getImageData(0, 0, width, height), grey);
    return grey;
  };
}

/** Takes the size of a picture and a longest side; gives the size to draw it at. Never enlarges. */
export function sizeWithin({ width, height }: Size, longest: number): Size {
  const factor = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

function newCanvas(): Canvas {
  return typeof OffscreenCanvas === "undefined" ? document.createElement("canvas") : new OffscreenCanvas(1, 1);
}
