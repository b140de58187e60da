import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { readFrame, stockEngine, zxingEngine } from "@tessera/ui/scanner/decoding";
import { type LateEngine, wasmEngine } from "@tessera/ui/scanner/wasm-engine";
import { kioskMix, type Scene } from "./kiosk-mix.ts";

type Read = string | null | Promise<string | null>;

const SEED = 1;
const stock = stockEngine();
const ours = zxingEngine();

/** Takes a number of scenes; prints how many are read within one, two and three frames, and what a frame costs. */
export async function measureFrames(count: number) {
  const wasm = await wasmFromFile();
  const ways = [
    tally("stock hybrid, one try", (frame) => stock.read(frame)),
    tally("our frame pipeline", (frame, number) => readFrame(ours, frame, number)),
    tally("WebAssembly alone", (frame) => wasm.read(frame)),
    tally("all engines", (frame, number) => readFrame(ours, frame, number) ?? wasm.read(frame)),
  ];
  for (const scene of kioskMix(count, SEED)) for (const way of ways) await way.watch(scene);

  console.log(`kiosk mix: ${count} scenes of three 720p frames, seed ${SEED}`);
  for (const way of ways) console.log(`  ${way.summary(count)}`);
}

/** The engine that a kiosk fetches after two seconds in vain. */
function wasmFromFile(): Promise<LateEngine> {
  const ui = createRequire(import.meta.resolve("@tessera/ui/scanner/wasm-engine"));
  const file = readFileSync(ui.resolve("zxing-wasm/reader/zxing_reader.wasm"));
  return wasmEngine({ binary: new Uint8Array(file).buffer });
}

/** Every frame of a scene is paid for, also those after the first hit: a camera does not stop either. */
function tally(name: string, read: (frame: Scene["frames"][number], number: number) => Read) {
  const within = [0, 0, 0];
  const times: number[] = [];
  let wrong = 0;

  return {
    async watch({ frames, text }: Scene) {
      const texts: (string | null)[] = [];
      for (const [number, frame] of frames.entries()) {
        const started = performance.now();
        texts.push(await read(frame, number));
        times.push(performance.now() - started);
      }
      wrong += texts.filter((found) => found !== null && found !== text).length;
      within.forEach((hits, number) => {
        within[number] = hits + Number(texts.slice(0, number + 1).includes(text));
      });
    },
    summary(count: number) {
      const shares = within.map((hits) => ((100 * hits) / count).toFixed(0)).join(" / ");
      const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length;
      const p95 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
      return `${name.padEnd(22)} ${shares} % within 1 / 2 / 3 frames  wrong ${wrong}  ${mean.toFixed(1)} ms a frame, p95 ${p95.toFixed(1)}`;
    },
  };
}
