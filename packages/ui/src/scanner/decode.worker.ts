import type { DecodeAnswer, DecodeRequest } from "./decode-messages.ts";
import { anyReader } from "./read-any.ts";

const read = anyReader();

addEventListener("message", ({ data: { id, frame, effort } }: MessageEvent<DecodeRequest>) => {
  const started = performance.now();
  const text = read(frame, effort); // a surprise goes up as an error event: the page starts a fresh worker
  postMessage({ id, text, ms: performance.now() - started } satisfies DecodeAnswer);
});
