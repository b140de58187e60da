import { greyCamera, sizeWithin } from "./canvas-grey.ts";
import type { Effort, Frame } from "./decode-messages.ts";
import type { GreyImage } from "./decoding/grey-image.ts";
import { readFrame } from "./decoding/read-frame.ts";
import { readPhoto } from "./decoding/read-photo.ts";
import { zxingEngine } from "./decoding/zxing-engine.ts";
import { lateEngine } from "./late-engine.ts";

const LONGEST = 1280; // a camera that insists on 1080p would cost twice the time and reads no more

/** Gives a reader of frames, for a worker or, where there is none, for the page itself. */
export function anyReader(): (frame: Frame, effort: Effort) => Promise<string | null> {
  const engine = zxingEngine();
  const late = lateEngine({
    load: async () => (await import("./load-wasm.ts")).loadWasm(),
    now: () => performance.now(),
  });
  const toGrey = greyCamera();

  const greyOf = (frame: Frame): GreyImage => {
    if ("data" in frame) return frame;
    const grey = toGrey(frame, sizeWithin(frame, LONGEST));
    frame.close(); // a bitmap left to the garbage collector holds its megabytes for seconds
    return grey;
  };

  return async (frame, effort) => {
    const grey = greyOf(frame);
    if (effort === "photo") return readPhoto(engine, grey) ?? late.photo(grey);
    const text = readFrame(engine, grey, effort) ?? (await late.frame(grey));
    if (text !== null) late.hit();
    return text;
  };
}
