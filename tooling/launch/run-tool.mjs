import { spawn } from "node:child_process";
import { quietTools, withoutOuterNpx } from "./environment.mjs";
import { root } from "./paths.mjs";

/**
 * Runs one tool to its end and answers `{ code, output }`; never throws for a tool that failed or is missing.
 * Standard input is closed, so that nothing can wait for an answer that nobody gives.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runTool(command, args, { cwd = root, env = {}, onText = () => {}, timeout, inherit = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      timeout,
      env: { ...withoutOuterNpx(process.env), ...quietTools, ...env },
      stdio: ["ignore", inherit ? "inherit" : "pipe", inherit ? "inherit" : "pipe"],
      shell: process.platform === "win32", // npx is a .cmd file there
    });
    let output = "";
    const hear = (chunk) => {
      output += chunk;
      onText(String(chunk));
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.on("error", (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
