import { greyCamera, sizeWithin } from "./canvas-grey.ts";
import { frameDecoder } from "./frame-decoder.ts";
import type { FrameDecoder } from "./worker-decoder.ts";

/** What came of a photo somebody chose. */
export type PhotoReading = { kind: "read"; text: string } | { kind: "nothing_found" } | { kind: "not_an_image" };

const PATIENCE_MS = 20_000;
const sizes = [1280, 2600]; // most codes are found in the small one; a far one in a phone's photo needs the large

/** Takes a file somebody chose; gives the text of the code in it, and turns it the way it was taken first. */
export async function readPhotoFile(
  file: File,
  decoder: FrameDecoder = frameDecoder(PATIENCE_MS),
): Promise<PhotoReading> {
  const bitmap = await bitmapOf(file);
  if (!bitmap) return { kind: "not_an_image" };
  try {
    const text = await readBitmap(bitmap, decoder);
    return text === null ? { kind: "nothing_found" } : { kind: "read", text };
  } finally {
    bitmap.close();
    decoder.stop();
  }
}

async function readBitmap(bitmap: ImageBitmap, decoder: FrameDecoder): Promise<string | null> {
  const longest = Math.max(bitmap.width, bitmap.height);
  const worthwhile = sizes.filter((_, i) => i === 0 || longest > (sizes[i - 1] ?? 0));
  for (const size of worthwhile) {
    const text = await decoder.decode(greyCamera()(bitmap, sizeWithin(bitmap, size)), "photo");
    if (text !== null) return text;
  }
  return null;
}

/** By its kind first, then by trying: some phones name no kind for their own photos. */
async function bitmapOf(file: File): Promise<ImageBitmap | null> {
  if (file.type && !file.type.startsWith("image/")) return null;
  return createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
}
