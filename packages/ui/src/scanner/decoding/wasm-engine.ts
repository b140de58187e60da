import { prepareZXingModule, type ReaderOptions, readBarcodes } from "zxing-wasm/reader";
import type { GreyImage } from "./grey-image.ts";

/** An engine that answers later: it runs in WebAssembly, and is asked only where `DecodingEngine` found nothing. */
export interface LateEngine {
  readonly name: string;
  /** Looks at the picture in every way it knows. Nothing found is `null`. */
  read(image: GreyImage): Promise<string | null>;
}

/** Where its WebAssembly comes from: our own server, or a file. Never the network of others, which is the library's default. */
export type WasmSource = { url: string } | { binary: ArrayBuffer };

type Picture = Parameters<typeof readBarcodes>[0];

const OPTIONS: ReaderOptions = { formats: ["QRCode"], maxNumberOfSymbols: 1 };

/**
 * @param source Of its WebAssembly.
 * @returns The C++ reader. It finds its own scales, inversions and turns, so it is given the whole picture once.
 * @throws Whatever keeps WebAssembly from running here: no network, or a content policy that forbids it.
 */
export async function wasmEngine(source: WasmSource): Promise<LateEngine> {
  const overrides = "url" in source ? { locateFile: () => source.url } : { wasmBinary: source.binary };
  await prepareZXingModule({ overrides, fireImmediately: true });
  return {
    name: "zxing wasm",
    async read({ width, height, data }) {
      const picture = { width, height, data: rgbaOf(data), colorSpace: "srgb" } as Picture; // as a canvas would give it
      const [found] = await readBarcodes(picture, OPTIONS);
      return found?.isValid ? found.text : null;
    },
  };
}

function rgbaOf(grey: GreyImage["data"]): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(grey.length * 4);
  for (let i = 0; i < grey.length; i++) rgba.fill(grey[i] as number, i * 4, i * 4 + 3);
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
  return rgba;
}
