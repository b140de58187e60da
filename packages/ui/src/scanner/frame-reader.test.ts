import { describe, expect, it, vi } from "vitest";
import { blankImage } from "./decoding/index.ts";
import { frameReader } from "./frame-reader.ts";
import type { NativeEngine } from "./native-engine.ts";

const video = { videoWidth: 1280, videoHeight: 720 } as HTMLVideoElement;
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function reader(native: NativeEngine | null, pace = 100) {
  const decode = vi.fn(
    async (_frame: unknown, effort: unknown): Promise<string | null> => (effort === 0 ? "ours" : null),
  );
  const texts: string[] = [];
  let clock = 0;
  const see = frameReader({
    decoder: { decode, stop: () => {} },
    native: Promise.resolve(native),
    grab: async () => blankImage(1, 1),
    onText: (text) => texts.push(text),
    now: () => (clock += pace),
  });
  await settled();
  return { see, decode, texts };
}

const nativeThat = (read: NativeEngine["read"], trusted = true): NativeEngine => ({ trusted, read });

describe("the pictures of a video", () => {
  it("are read one at a time: those that come meanwhile pass by", async () => {
    const { see, decode, texts } = await reader(null);
    for (let i = 0; i < 5; i++) see(video);
    await settled();
    expect(texts).toEqual(["ours"]);
    expect(decode).toHaveBeenCalledOnce();
  });

  it("are looked at fifteen times a second, not sixty", async () => {
    const { see, decode } = await reader(null, 16 / 2); // the clock is asked twice for a picture that is read
    for (let i = 0; i < 60; i++) {
      see(video);
      await settled();
    }
    expect(decode.mock.calls.length).toBeLessThanOrEqual(15);
  });

  it("go to our own reader every third time, even where the browser reads them", async () => {
    const read = vi.fn(async () => null);
    const { see, decode } = await reader(nativeThat(read));
    for (let i = 0; i < 9; i++) {
      see(video);
      await settled();
    }
    expect(read).toHaveBeenCalledTimes(6);
    expect(decode.mock.calls.map(([, effort]) => effort)).toEqual([0, 1, 2]);
  });

  it("all go to our own reader once the browser's is not trusted any more", async () => {
    const { see, decode } = await reader(nativeThat(async () => "native", false));
    for (let i = 0; i < 4; i++) {
      see(video);
      await settled();
    }
    expect(decode).toHaveBeenCalledTimes(4);
  });

  it("go on being read after one could not be: a camera that turns has none for a moment, and nobody needs to know", async () => {
    const complain = vi.spyOn(console, "error").mockImplementation(() => {});
    const { see, decode, texts } = await reader(null);
    for (let i = 0; i < 40; i++) {
      if (i % 10 !== 9) decode.mockRejectedValueOnce(new Error("not usable"));
      else decode.mockResolvedValueOnce("T1");
      see(video);
      await settled();
    }
    expect(texts).toEqual(["T1", "T1", "T1", "T1"]);
    expect(complain).not.toHaveBeenCalled();
    complain.mockRestore();
  });

  it("that cannot be read for a second are reported, once", async () => {
    const complain = vi.spyOn(console, "error").mockImplementation(() => {});
    const { see, decode } = await reader(null);
    for (let i = 0; i < 60; i++) {
      decode.mockRejectedValueOnce(new Error("gone"));
      see(video);
      await settled();
    }
    expect(complain).toHaveBeenCalledOnce();
    complain.mockRestore();
  });
});
