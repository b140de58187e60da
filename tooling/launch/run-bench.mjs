import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { root } from "./paths.mjs";
import { pnpm } from "./pnpm.mjs";
import { Refused } from "./refused.mjs";
import { withoutSettings } from "./run-tests.mjs";
import { provideServices } from "./services.mjs";
import { generate } from "./turbo.mjs";

/** The scripts of tooling/bench, but for those that every package has. */
function benches() {
  const { scripts } = JSON.parse(readFileSync(join(root, "tooling/bench/package.json"), "utf8"));
  return Object.keys(scripts).filter((name) => name !== "typecheck");
}

/** `npm run bench -- NAME [options]`: one bench, over the built server, with the services that npm test would have. */
export async function main([name, ...options], env) {
  const known = benches();
  if (!known.includes(name)) throw new Refused(`Say which: npm run bench -- ${known.join(" | ")}.`);

  await install();
  await generate();
  await build();
  const provided = await provideServices(env);
  try {
    const settings = { ...withoutSettings(env), ...provided.env };
    const { code } = await pnpm(["--filter", "@tessera/bench", "run", name, ...options], {
      env: settings,
      inherit: true,
    });
    return code;
  } finally {
    await provided.stop();
  }
}
