import { aptInstall } from "./apt.mjs";
import { findProgram, isProgram } from "./find-program.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

export async function provideChromium(env) {
  const answer = (file, how) => ({ available: true, how: `${how} (${file})`, env: { TEST_CHROME_PATH: file } });
  const missing = (reason) => ({ available: false, reason, env: { TEST_CHROME_MISSING: reason } });

  if (env.CHROME_PATH) {
    if (isProgram(env.CHROME_PATH)) return answer(env.CHROME_PATH, "CHROME_PATH");
    return missing(`CHROME_PATH names ${env.CHROME_PATH}, which is no program`);
  }
  const found = findProgram(NAMES);
  if (found) return answer(found, "on PATH");

  const refused = await aptInstall("chromium");
  const installed = findProgram(NAMES);
  if (installed) return answer(installed, "installed with apt");
  return missing(`no Chromium on PATH, and ${refused ?? "apt brought none"}`);
}
