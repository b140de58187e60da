// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { readPhotoFile } from "./photo.ts";

const fileOf = (type: string) => new File(["…"], "photo", { type });

/** A browser that opens any file as a picture of that width; the pixels are all one grey. */
function browserWithPhotos(width: number) {
  const close = vi.fn();
  const open = vi.fn(async () => ({ width, height: width / 2, close }));
  vi.stubGlobal("createImageBitmap", open);
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({
    clearRect: () => {},
    drawImage: () => {},
    getImageData: (_x: number, _y: number, w: number, h: number) => ({
      width: w,
      height: h,
      data: new Uint8ClampedArray(w * h * 4),
    }),
  } as never);
  return { open, close };
}

const decoderReading = (...answers: (string | null)[]) => {
  const widths: number[] = [];
  const decode = vi.fn(async (frame: { width: number }) => {
    widths.push(frame.width);
    return answers.shift() ?? null;
  });
  return { widths, decode, stop: vi.fn() };
};

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("a photo somebody chose", () => {
  it("is read small first, the way it was held, and left at the first find", async () => {
    const { open, close } = browserWithPhotos(4_000);
    const decoder = decoderReading("T1");
    const file = fileOf("image/jpeg");

    expect(await readPhotoFile(file, decoder)).toEqual({ kind: "read", text: "T1" });
    expect(open).toHaveBeenCalledWith(file, { imageOrientation: "from-image" });
    expect(decoder.widths).toEqual([1280]);
    expect(close).toHaveBeenCalled();
    expect(decoder.stop).toHaveBeenCalled();
  });

  it("is read larger when there is more to see", async () => {
    browserWithPhotos(4_000);
    const decoder = decoderReading(null, "T1");
    expect(await readPhotoFile(fileOf(""), decoder)).toEqual({ kind: "read", text: "T1" });
    expect(decoder.widths).toEqual([1280, 2600]);
  });

  it("is looked at once when it is small, and may hold nothing", async () => {
    browserWithPhotos(800);
    const decoder = decoderReading();
    expect(await readPhotoFile(fileOf("image/png"), decoder)).toEqual({ kind: "nothing_found" });
    expect(decoder.widths).toEqual([800]);
  });

  it("is refused when it is no picture, by its kind or by what is in it", async () => {
    const decoder = decoderReading();
    expect(await readPhotoFile(fileOf("application/pdf"), decoder)).toEqual({ kind: "not_an_image" });

    vi.stubGlobal("createImageBitmap", async () => {
      throw new DOMException("cannot be decoded", "InvalidStateError");
    });
    expect(await readPhotoFile(fileOf("image/png"), decoder)).toEqual({ kind: "not_an_image" });
    expect(decoder.decode).not.toHaveBeenCalled();
  });
});
