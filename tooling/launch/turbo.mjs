import { pnpm } from "./pnpm.mjs";
import { Refused } from "./refused.mjs";
import { tail } from "./tail.mjs";

export function turbo(args, options) {
  return pnpm(["exec", "turbo", "run", ...args], options);
}

/** Writes the code that is made from the database schema; the types of most packages lean on it. */
export async function generate() {
  const { code, output } = await turbo(["generate"]);
  if (code !== 0) throw new Refused(`${tail(output)}\n\nGenerating the database client failed (exit code ${code}).`);
}
