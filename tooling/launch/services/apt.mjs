import { runTool } from "../run-tool.mjs";
import { tail } from "../tail.mjs";
import { findProgram } from "./find-program.mjs";

const LIMIT_MS = 5 * 60_000;
// RUNLEVEL=1 keeps the packages from starting a service of their own: the suites start theirs on free ports.
const env = { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
let updated = null;

/** Null when `packageName` is installed now, else the reason why it is not. */
export async function aptInstall(packageName, run = runTool) {
  if (process.getuid?.() !== 0) return "installing it with apt needs root";
  if (!findProgram(["apt-get"])) return "this system has no apt to install it with";

  console.log(`Installing ${packageName} with apt …`);
  updated ??= run("apt-get", ["update", "-qq"], { env, timeout: LIMIT_MS });
  await updated; // an update that failed may still have left a usable list, so the install decides
  const { code, output } = await run(
    "apt-get",
    ["install", "-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=60", packageName],
    { env, timeout: LIMIT_MS },
  );
  return code === 0 ? null : `apt-get install ${packageName} failed: ${tail(output, 1)}`;
}
