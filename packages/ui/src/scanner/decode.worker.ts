import type { DecodeAnswer, DecodeRequest } from "./decode-messages.ts";
import { anyReader } from "./read-any.ts";

const read = anyReader();

addEventListener("message", async ({ data: { id, frame, effort } }: MessageEvent<DecodeRequest>) => {
  const started = performance.now();
  const text = await read(frame, effort).catch(goUp);
  postMessage({ id, text, ms: performance.now() - started } satisfies DecodeAnswer);
});

/** As an error event, not as a rejection that nobody hears: the page starts a fresh worker. */
function goUp(surprise: unknown): never {
  reportError(surprise);
  throw surprise;
}
