import type { Frame } from "./decode-messages.ts";
import type { NativeEngine } from "./native-engine.ts";
import type { FrameDecoder } from "./worker-decoder.ts";

export interface FrameReaderTools {
  readonly decoder: FrameDecoder;
  /** Arrives when it has proved itself, or `null`. */
  readonly native: Promise<NativeEngine | null>;
  readonly grab: (video: HTMLVideoElement) => Promise<Frame>;
  readonly onText: (text: string) => void;
  readonly now?: () => number;
}

const PACE_MS = 60; // fifteen looks a second; more only warms the tablet
const OWN_TURN = 3; // every third look is ours, even where the browser reads: it misses codes that we find
const TROUBLE = 15; // looks in a row, about a second

/** Gives the function to call for each new picture of a video. While one is being read the others pass by: only the newest matters. */
export function frameReader(tools: FrameReaderTools): (video: HTMLVideoElement) => void {
  const { decoder, grab, onText, now = () => performance.now() } = tools;
  let native: NativeEngine | null = null;
  let busy = false;
  let looks = 0;
  let ownLooks = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  void tools.native.then((engine) => {
    native = engine;
  });

  // A camera that starts, turns or changes its size has no usable picture for a moment; a second without one is trouble.
  let failedInARow = 0;
  const complainOfARow = (error: unknown) => {
    if (++failedInARow === TROUBLE) console.error("tessera scanner: no frame could be read for a second", error);
  };

  const look = async (video: HTMLVideoElement) => {
    const ourTurn = ++looks % OWN_TURN === 0;
    if (native?.trusted && !ourTurn) return native.read(video);
    return decoder.decode(await grab(video), ownLooks++);
  };

  return (video) => {
    if (busy || now() - lastAt < PACE_MS || !video.videoWidth) return;
    busy = true;
    lastAt = now();
    look(video)
      .then((text) => {
        failedInARow = 0;
        if (text !== null) onText(text);
      })
      .catch(complainOfARow)
      .finally(() => {
        busy = false;
      });
  };
}
