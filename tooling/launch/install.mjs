import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dependenciesFingerprint } from "./fingerprint.mjs";
import { oneAtATime } from "./one-at-a-time.mjs";
import { memory, root } from "./paths.mjs";
import { pnpm } from "./pnpm.mjs";
import { explainReadOnly, Refused } from "./refused.mjs";
import { tail } from "./tail.mjs";

const recordIn = (base) => join(base, "node_modules", ".tessera-install");

/** Whether node_modules is missing, unfinished, or made from other package files than these. */
export function needsInstall(base, fingerprint = dependenciesFingerprint(base)) {
  const record = recordIn(base);
  return !existsSync(record) || readFileSync(record, "utf8") !== fingerprint;
}

async function runPnpmInstall() {
  const fingerprint = dependenciesFingerprint(root);
  rmSync(recordIn(root), { force: true }); // an install that stops half-way must not look like the last good one
  console.log("Installing packages …");
  const { code, output } = await pnpm(["install", "--frozen-lockfile", "--reporter=append-only"], {
    env: { CI: "true" }, // no questions, such as whether node_modules of another pnpm may go
    onText: (text) => /^Progress:.*$/m.test(text) && console.log(`  ${text.match(/^Progress:.*$/gm).at(-1)}`),
  });
  if (code !== 0) {
    throw new Refused(
      `${tail(output)}\n\nInstalling the packages failed (exit code ${code}) for the reason above: put it right (most often the package registry cannot be reached) and run it again.`,
    );
  }
  writeFileSync(recordIn(root), fingerprint);
}

/** Brings node_modules in line with the lockfile; costs a few milliseconds when it already is. */
export async function install() {
  if (!needsInstall(root)) return;
  await explainReadOnly(root, () =>
    oneAtATime(
      join(memory, "install.lock"),
      (pid) => console.log(`Waiting for process ${pid}, which is installing …`),
      async () => {
        if (needsInstall(root)) await runPnpmInstall();
      },
    ),
  );
}
