import type { DecodeAnswer, DecodeRequest, Effort, Frame } from "./decode-messages.ts";

/** Reads frames one at a time, off the page's own thread where it can. */
export interface FrameDecoder {
  /** Takes a frame (and owns it from here); gives its text, or `null` also when it had to give up. */
  decode(frame: Frame, effort: Effort): Promise<string | null>;
  /** For good: frames that still arrive are let go. */
  stop(): void;
}

export interface WorkerTools {
  readonly createWorker: () => Worker;
  /** A wall of finder patterns keeps the library busy for seconds: past this the worker is put down. */
  readonly patienceMs?: number;
  /** The first frame also waits for the worker's code to arrive and warm up. */
  readonly firstPatienceMs?: number;
  /** Called when three workers in a row died without a single answer. */
  readonly onHopeless?: () => void;
}

const HOPELESS = 3;

/** Takes a way to make workers; gives a decoder that keeps one, with one frame in flight, and replaces it when it hangs. */
export function workerDecoder(tools: WorkerTools): FrameDecoder {
  const { createWorker, patienceMs = 1_500, firstPatienceMs = 10_000, onHopeless } = tools;
  let worker: Worker | null = null;
  let inFlight: ((text: string | null) => void) | null = null;
  let lastId = 0;
  let warm = false;
  let deaths = 0;
  let stopped = false;

  const settle = (text: string | null) => {
    inFlight?.(text);
    inFlight = null;
  };
  const putDown = () => {
    worker?.terminate();
    worker = null;
    warm = false;
    settle(null);
  };
  const giveUp = () => {
    if (!warm) deaths += 1; // one that has answered before only met a hard picture
    putDown();
    if (deaths === HOPELESS) onHopeless?.();
  };
  const start = () => {
    const fresh = createWorker();
    fresh.addEventListener("message", ({ data }: MessageEvent<DecodeAnswer>) => {
      if (data.id !== lastId || fresh !== worker) return; // an answer to a question already given up
      warm = true;
      deaths = 0;
      settle(data.text);
    });
    fresh.addEventListener("error", () => fresh === worker && giveUp());
    return fresh;
  };

  return {
    async decode(frame, effort) {
      if (inFlight || stopped) return drop(frame); // a frame may be on its way while the screen closes
      worker ??= start();
      const request: DecodeRequest = { id: ++lastId, frame, effort };
      const watchdog = setTimeout(giveUp, warm ? patienceMs : firstPatienceMs);
      try {
        return await new Promise<string | null>((resolve) => {
          inFlight = resolve;
          worker?.postMessage(request, "data" in frame ? [] : [frame]);
        });
      } finally {
        clearTimeout(watchdog);
      }
    },
    stop() {
      stopped = true;
      putDown();
    },
  };
}

function drop(frame: Frame): null {
  if ("close" in frame) frame.close();
  return null;
}
