import type { CameraProblem } from "./camera-problem.ts";
import { type CameraWish, openStream } from "./open-stream.ts";
import { pause } from "./pause.ts";
import { streamTrouble } from "./stream-trouble.ts";

/** What the screen shows of a camera. */
export type CameraState = "starting" | "running" | "stopped" | { problem: CameraProblem };

export interface CameraTools {
  readonly onState: (state: CameraState) => void;
  readonly onFrame: (video: HTMLVideoElement) => void;
  /** The stream that plays now, for its torch and its label. */
  readonly onStream?: (stream: MediaStream | null) => void;
  readonly media?: MediaDevices | undefined;
}

/** A camera that keeps running until it is told to stop. */
export interface Camera {
  start(video: HTMLVideoElement, wish: CameraWish): void;
  stop(): void;
}

const RESTART_MS = 500;
const RESTART_AT_MOST_MS = 5_000;
const HEALTHY_MS = 10_000;

/** One camera on the page at a time, each start behind the last stop: two at once is how "in use" comes about. */
let queue: Promise<void> = Promise.resolve();

/** Takes who wants to know; gives a camera. A start right after a stop right after a start (strict mode) opens it once. */
export function createCamera(tools: CameraTools): Camera {
  let run: AbortController | null = null;

  const stop = () => {
    if (!run) return;
    run.abort();
    run = null;
    tools.onState("stopped");
  };

  return {
    start(video, wish) {
      stop();
      run = new AbortController();
      const { signal } = run;
      queue = queue.then(() => keepRunning(video, wish, signal, tools));
    },
    stop,
  };
}

async function keepRunning(video: HTMLVideoElement, wish: CameraWish, signal: AbortSignal, tools: CameraTools) {
  let wait = RESTART_MS;
  while (!signal.aborted) {
    tools.onState("starting");
    const opened = await openStream(wish, signal, tools.media);
    if ("problem" in opened) {
      if (!signal.aborted) tools.onState(opened);
      return;
    }

    const since = Date.now();
    await play(video, opened, signal, tools);
    close(video, opened, tools);
    wait = Date.now() - since > HEALTHY_MS ? RESTART_MS : Math.min(wait * 2, RESTART_AT_MOST_MS);
    await pause(wait, signal); // a camera that is muted from the start must not be opened a hundred times a second
  }
}

/** Resolves when the stream is over, or was over before it came. */
async function play(video: HTMLVideoElement, stream: MediaStream, signal: AbortSignal, tools: CameraTools) {
  if (signal.aborted) return;
  video.muted = true; // iPhones play a video by themselves only if it is muted and inline before it has a source
  video.playsInline = true;
  video.srcObject = stream;
  const playAgain = () => void video.play().catch(() => {}); // refused in a hidden page: asked again when it shows
  playAgain();
  const listening = new AbortController();
  video.addEventListener("canplay", playAgain, { signal: listening.signal });
  video.ownerDocument.addEventListener("visibilitychange", playAgain, { signal: listening.signal });

  tools.onStream?.(stream);
  tools.onState("running");
  await streamTrouble(video, stream, signal, () => tools.onFrame(video));
  listening.abort();
}

function close(video: HTMLVideoElement, stream: MediaStream, tools: CameraTools) {
  for (const track of stream.getTracks()) track.stop();
  if (video.srcObject === stream) video.srcObject = null;
  tools.onStream?.(null);
}
