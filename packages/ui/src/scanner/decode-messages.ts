import type { GreyImage } from "./decoding/index.ts";

/** What a worker can be sent: a bitmap where it has a canvas of its own, grey pixels where it has not. */
export type Frame = ImageBitmap | GreyImage;

/** How hard to look: the number of a video frame, which chooses its extra try, or everything for a photo. */
export type Effort = number | "photo";

/** To the worker. */
export interface DecodeRequest {
  readonly id: number;
  readonly frame: Frame;
  readonly effort: Effort;
}

/** From the worker. */
export interface DecodeAnswer {
  readonly id: number;
  readonly text: string | null;
  readonly ms: number;
}
