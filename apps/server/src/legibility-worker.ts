import { parentPort } from "node:worker_threads";
import { chooseMask } from "@tessera/ui/scanner/decoding";

parentPort?.on("message", ({ id, text }: { id: number; text: string }) => {
  parentPort?.postMessage({ id, mask: chooseMask(text) });
});
