import { closeSync, mkdtempSync, openSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";

const WIDTH = 1280;
const HEIGHT = 720;
const FRAMES_A_SECOND = 4;
/** How much of the picture's height the phone fills. */
const SHARE = 0.6;
const WALL = 90;

/** What is held before the camera, and for how long. null: nothing. */
export interface Shot {
  picture: Buffer | null;
  seconds: number;
}

/**
 * Films pictures for Chromium's fake camera: an uncompressed y4m of 720p, which it plays over and over.
 *
 * @param shots Screenshots (PNG) of what a person's screen really shows, in order.
 * @returns The file. It lies in the system's folder for temporary things.
 */
export function film(shots: readonly Shot[]): string {
  const file = join(mkdtempSync(join(tmpdir(), "tessera-film-")), "camera.y4m");
  const out = openSync(file, "w");
  writeSync(out, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`);
  for (const { picture, seconds } of shots) {
    const frame = frameOf(picture);
    for (let shown = 0; shown < seconds * FRAMES_A_SECOND; shown++) {
      writeSync(out, "FRAME\n");
      writeSync(out, frame);
    }
  }
  closeSync(out);
  return file;
}

/** Brightness of every pixel, then the two colour planes at a quarter of the size, grey. */
function frameOf(picture: Buffer | null): Buffer {
  const frame = Buffer.alloc((WIDTH * HEIGHT * 3) / 2, 128);
  frame.fill(WALL, 0, WIDTH * HEIGHT);
  if (!picture) return frame;

  const { width, height, data } = PNG.sync.read(picture);
  const scale = (HEIGHT * SHARE) / height;
  const [left, top] = [Math.round((WIDTH - width * scale) / 2), Math.round((HEIGHT * (1 - SHARE)) / 2)];
  for (let y = 0; y < Math.floor(height * scale); y++) {
    for (let x = 0; x < Math.floor(width * scale); x++) {
      const from = (Math.floor(y / scale) * width + Math.floor(x / scale)) * 4;
      const [red = 0, green = 0, blue = 0] = data.subarray(from, from + 3);
      frame[(top + y) * WIDTH + left + x] = 0.299 * red + 0.587 * green + 0.114 * blue;
    }
  }
  return frame;
}
