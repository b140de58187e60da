import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";

// A thread of Node 20 does not inherit what makes its parent read TypeScript.
register();
const { runHere } = await import("./run-seeds.ts");

parentPort.on("message", async ({ from, count }) => parentPort.postMessage(await runHere(from, count)));
