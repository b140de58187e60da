import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type DecodingEngine,
  type GreyImage,
  greyFromRgba,
  readPhoto,
  stockEngine,
  zxingEngine,
} from "@tessera/ui/scanner/decoding";
import jpeg from "jpeg-js";
import { PNG } from "pngjs";

interface Photo {
  readonly file: string;
  readonly texts: readonly string[];
}

/** Takes a folder with an index.json of photos and their texts; prints how many each way of reading gets. */
export function measurePhotos(folder: string) {
  const photos = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as Photo[];
  const images = photos.flatMap(({ file, texts }) => {
    const image = greyOf(readFileSync(join(folder, file)));
    return image ? [{ image, texts }] : [];
  });
  console.log(`photos: ${images.length} of ${photos.length} (neither webp nor others are opened here)`);

  const ways: [string, DecodingEngine, (engine: DecodingEngine, image: GreyImage) => string | null][] = [
    ["stock hybrid, one try", stockEngine(), (engine, image) => engine.read(image)],
    ["our photo pipeline", zxingEngine(), readPhoto],
  ];
  for (const [name, engine, read] of ways) {
    const started = performance.now();
    const results = images.map(({ image, texts }) => verdict(read(engine, image), texts));
    const count = (wanted: string) => results.filter((result) => result === wanted).length;
    const share = ((100 * count("right")) / images.length).toFixed(0);
    const ms = ((performance.now() - started) / images.length).toFixed(0);
    console.log(
      `  ${name.padEnd(22)} right ${count("right")} (${share} %)  wrong ${count("wrong")}  none ${count("none")}  ${ms} ms each`,
    );
  }
}

/** "Wrong" is a text the index does not list; mostly the other code of a photo that shows two. Line ends do not count. */
function verdict(text: string | null, expected: readonly string[]): "right" | "wrong" | "none" {
  if (text === null) return "none";
  const plain = (words: string) => words.replaceAll("\r\n", "\n").trim();
  return expected.map(plain).includes(plain(text)) ? "right" : "wrong";
}

function greyOf(file: Buffer): GreyImage | null {
  if (file[0] === 0x89) return greyFromRgba(copy(PNG.sync.read(file)));
  if (file[0] === 0xff) return greyFromRgba(copy(jpeg.decode(file, { useTArray: true, maxMemoryUsageInMB: 2_000 })));
  return null;
}

/** Pixels of Node's buffer pool may start anywhere; a copy starts where four bytes can be read as one. */
const copy = ({ width, height, data }: { width: number; height: number; data: Uint8Array }) => ({
  width,
  height,
  data: Uint8Array.from(data),
});
