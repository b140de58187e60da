import { lockFolder } from "@tessera/db";
import { type Config, ConfigProblem } from "./config.ts";
import { newSecret, olderSecretsText, rotated, rotateSecretIn, type Secrets } from "./secret.ts";

/**
 * Gives the deployment another secret: an embedded one at once, beside its data; for a server's it says what to set.
 *
 * @param config Of the deployment.
 * @param now When.
 * @returns What was done, what is to do, and what does not outlive it.
 * @throws FolderInUse While the product runs on the folder. ConfigProblem Without the secret there is now.
 */
export function rotateSecret({ storage, secret, olderSecrets: older, sealKeys }: Config, now: Date): string {
  if (storage.kind === "embedded" && secret === null) {
    const free = lockFolder(storage.folder);
    try {
      return `${DONE}\n\n${whatFollows(rotateSecretIn(storage.folder, now))}\n`;
    } finally {
      free();
    }
  }
  if (secret === null) throw new ConfigProblem("TESSERA_SECRET is needed: the one there is now.");
  const secrets = rotated({ current: secret, older, sealKeys }, newSecret(), now);
  return `${settingsOf(secrets)}\n\n${whatFollows(secrets)}\n`;
}

const DONE = "The deployment has another secret. The one before is kept beside it, in the data folder.";

/** A process that does not know the new one yet must accept it, before any other signs with it. */
const settingsOf = ({ current, older, sealKeys }: Secrets): string =>
  [
    "Nothing has changed yet. First add this to every process, with TESSERA_SECRET as it is, and restart them:",
    `  TESSERA_SECRET_PREVIOUS=${olderSecretsText([{ secret: current, until: older[0]?.until ?? new Date(0) }, ...older.slice(1)])}`,
    "Then, once all of them run with it, set in every process:",
    `  TESSERA_SECRET=${current}`,
    `  TESSERA_SECRET_PREVIOUS=${olderSecretsText(older)}`,
    ...(sealKeys.length > 0 ? [`  TESSERA_SEAL_KEYS=${sealKeys.join(",")}`] : []),
  ].join("\n");

const whatFollows = ({ older: [before] }: Secrets): string =>
  [
    `Until ${before?.until.toISOString().slice(0, 10)} the secret before is accepted. Nobody is signed out, and codes that are out stay good.`,
    "Not usable any more: links in letters that confirm an e-mail (ask for another), and the seals' public key that auditors hold:",
    "give them the new one; journals sealed before still verify here.",
    "To do before that day, in each tenant that signs its codes: rotate the code keys twice, a day apart (console: Code keys).",
    "Not touched: desks, API keys and passwords. docs/guides/rotating.md has the whole story.",
  ].join("\n");
