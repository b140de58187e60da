import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sourcesFingerprint } from "./fingerprint.mjs";
import { oneAtATime } from "./one-at-a-time.mjs";
import { memory, root } from "./paths.mjs";
import { explainReadOnly, Refused } from "./refused.mjs";
import { tail } from "./tail.mjs";
import { turbo } from "./turbo.mjs";

const APPS = ["server", "web", "kiosk"];
const MADE = ["apps/server/dist/main.mjs", "apps/web/dist/index.html", "apps/kiosk/dist/index.html"];

/** Whether a built file is missing or the sources are not those of the last build. */
export function needsBuild(base) {
  const record = join(base, ".tessera", "build.json");
  if (!existsSync(record) || !MADE.every((file) => existsSync(join(base, file)))) return true;
  try {
    return JSON.parse(readFileSync(record, "utf8")).sources !== sourcesFingerprint(base);
  } catch {
    return true; // a record that cannot be read is no record
  }
}

async function runBuild() {
  const sources = sourcesFingerprint(root); // before the build: an edit made during it must lead to another
  rmSync(join(memory, "build.json"), { force: true }); // a build that fails half-way must not look like the last good one
  console.log("Building …");
  const { code, output } = await turbo(["build", ...APPS.map((app) => `--filter=@tessera/${app}`)], {
    onText: (text) => {
      for (const line of text.match(/^@tessera\/\w+:build: .*built in.*$/gm) ?? []) console.log(`  ${line}`);
    },
  });
  if (code !== 0)
    throw new Refused(
      `${tail(output, 60)}\n\nThe build failed (exit code ${code}): the lines above say where; put it right and run it again.`,
    );

  const missing = MADE.filter((file) => !existsSync(join(root, file)));
  if (missing.length > 0) throw new Refused(`The build ended well but did not write ${missing.join(", ")}.`);
  writeFileSync(join(memory, "build.json"), JSON.stringify({ sources }));
}

/** Builds server, web and kiosk when their sources changed; two launches at once build once. */
export async function build() {
  if (!needsBuild(root)) return;
  await explainReadOnly(root, () =>
    oneAtATime(
      join(memory, "build.lock"),
      (pid) => console.log(`Waiting for process ${pid}, which is building …`),
      async () => {
        if (needsBuild(root)) await runBuild();
      },
    ),
  );
}
