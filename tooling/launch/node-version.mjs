// Parsed by Node versions that are too old to run Tessera, so that they can say so: only syntax that Node 12 knows.
// biome-ignore lint/style/useNodejsImportProtocol: the "node:" prefix is newer than the versions this file speaks to
import { readFileSync } from "fs";

function parts(version) {
  return version
    .replace(/^[^0-9]*/, "")
    .split(".")
    .map(Number);
}

/** Null when `running` is new enough for `engines` (of the form ">=20.19"), else the sentence to print. */
export function tooOld(running, engines) {
  const have = parts(running);
  const need = parts(engines);
  const newEnough = have[0] > need[0] || (have[0] === need[0] && have[1] >= (need[1] || 0));
  if (newEnough) return null;
  return (
    "Tessera needs Node " +
    need.join(".") +
    " or newer and this is " +
    running +
    ": install a newer Node and run it again."
  );
}

/** Ends the process with one sentence on a Node that is too old; the caller imports the rest only after this. */
export function requireNode() {
  const { engines } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const sentence = tooOld(process.version, engines.node);
  if (sentence === null) return;
  console.error(sentence);
  process.exit(1);
}
