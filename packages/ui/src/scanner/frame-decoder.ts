import { greyCamera, sizeWithin } from "./canvas-grey.ts";
import type { Frame } from "./decode-messages.ts";
import { type FrameDecoder, workerDecoder } from "./worker-decoder.ts";

/**
 * Gives the best decoder this browser has: a worker, or the page itself where workers are missing or keep dying
 * (an old browser, a strict content policy). The page then stutters a little while it looks, but it scans.
 */
export function frameDecoder(patienceMs?: number): FrameDecoder {
  if (typeof Worker === "undefined") return pageDecoder();

  const page = pageDecoder();
  let hopeless = false;
  const worker = workerDecoder({
    createWorker: () => new Worker(new URL("./decode.worker.ts", import.meta.url), { type: "module" }),
    onHopeless: () => {
      hopeless = true;
    },
    ...(patienceMs === undefined ? {} : { patienceMs, firstPatienceMs: patienceMs }),
  });

  return {
    decode: (frame, effort) => (hopeless ? page : worker).decode(frame, effort),
    stop: () => worker.stop(),
  };
}

/** Gives a decoder that works on the page's own thread. The library is fetched only now: a page with a worker never needs it. */
export function pageDecoder(): FrameDecoder {
  let reader: Promise<ReturnType<typeof import("./read-any.ts")["anyReader"]>> | null = null;
  return {
    async decode(frame, effort) {
      reader ??= import("./read-any.ts").then(({ anyReader }) => anyReader());
      return (await reader)(frame, effort);
    },
    stop: () => {},
  };
}

/** Gives a way to take the newest frame of a video: a bitmap for a worker that can draw it, or grey pixels (no OffscreenCanvas). */
export function frameGrabber(): (video: HTMLVideoElement) => Promise<Frame> {
  const workerDraws = typeof OffscreenCanvas !== "undefined" && typeof createImageBitmap !== "undefined";
  if (workerDraws) return (video) => createImageBitmap(video);

  const toGrey = greyCamera();
  // By the camera's own size, never the element's: a small box on the page must not make a small picture.
  return async (video) => toGrey(video, sizeWithin({ width: video.videoWidth, height: video.videoHeight }, 1280));
}
