import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What the launcher remembers between two starts; git ignores it. */
export const memory = join(root, ".tessera");
