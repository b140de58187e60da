import { join } from "node:path";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { root } from "./paths.mjs";
import { startHelp } from "./start-help.mjs";
import { supervise } from "./supervise.mjs";

/** How the server is run: whatever stands behind `npm start --` goes to it untouched, it knows its options best. */
export function serverCommand(args) {
  return { args: [join(root, "apps/server/dist/main.mjs"), ...args], cwd: root, env: {} };
}

export async function main(args) {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(startHelp);
    return 0;
  }
  await install();
  await build();
  return supervise([serverCommand(args)]);
}
