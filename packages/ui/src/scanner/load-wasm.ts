import url from "zxing-wasm/reader/zxing_reader.wasm?url";
import { type LateEngine, wasmEngine } from "./decoding/wasm-engine.ts";

/** @returns The engine in WebAssembly, from our own server: a file of the app, beside its others. */
export const loadWasm = (): Promise<LateEngine> => wasmEngine({ url });
