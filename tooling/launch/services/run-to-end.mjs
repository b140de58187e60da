import { spawn } from "node:child_process";
import { tail } from "../tail.mjs";

/** Runs one program, as another user if `options` say so; rejects with its last words when it fails. */
export function runToEnd(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(tail(output, 2) || `exit code ${code}`))));
  });
}
