import { followFrames } from "./follow-frames.ts";

/** Why a running camera has to be started again, or that nobody wants it any more. */
export type StreamTrouble = "ended" | "muted" | "still" | "aborted";

const STILL_MS = 3_000;
const CHECK_MS = 500;

/**
 * Takes a video that plays a stream; calls `onFrame` for each picture, and resolves when the stream needs help. Some
 * phones stop the pictures and say nothing, so silence counts too; a hidden page shows none and that is no trouble.
 */
export function streamTrouble(
  video: HTMLVideoElement,
  stream: MediaStream,
  signal: AbortSignal,
  onFrame: () => void,
): Promise<StreamTrouble> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve("aborted");
    const over = new AbortController();
    const settle = (trouble: StreamTrouble) => () => {
      over.abort();
      resolve(trouble);
    };

    let stillFor = 0;
    const unfollow = followFrames(video, () => {
      stillFor = 0;
      onFrame();
    });
    const check = setInterval(() => {
      stillFor = video.ownerDocument.hidden ? 0 : stillFor + CHECK_MS;
      if (stillFor >= STILL_MS) settle("still")();
    }, CHECK_MS);
    over.signal.addEventListener("abort", () => {
      unfollow();
      clearInterval(check);
    });

    for (const track of stream.getVideoTracks()) {
      track.addEventListener("ended", settle("ended"), { signal: over.signal });
      track.addEventListener("mute", settle("muted"), { signal: over.signal });
    }
    signal.addEventListener("abort", settle("aborted"), { signal: over.signal });
  });
}
