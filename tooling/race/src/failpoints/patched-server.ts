import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { BUILT_MAIN } from "../api-process.ts";
import { type Change, withChange } from "./one-change.ts";

/** A change of one file of the built server. Left out, `file` is whichever built file holds the text. */
export interface Patch extends Change {
  file?: string;
}

/** A changed copy of the built server. */
export interface PatchedServer {
  /** What to start, as `startApi(settings, { main })`. */
  main: string;
  remove(): void;
}

/**
 * Copies the built server and changes the copy. The product itself holds no hook for tests.
 *
 * @param name In the folder's name.
 * @param patches Each must fit exactly once.
 * @throws Error When a patch does not fit, or fits in several places; then no copy is left behind.
 */
export function patchedServer(
  name: string,
  patches: readonly Patch[],
  from: string = dirname(BUILT_MAIN),
): PatchedServer {
  // Below the server's own node_modules: from there the copy finds the packages that were not built into it.
  const place = join(dirname(BUILT_MAIN), "../node_modules/.race");
  mkdirSync(place, { recursive: true });
  const folder = mkdtempSync(join(place, `${name}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    cpSync(from, folder, { recursive: true });
    for (const patch of patches) applyTo(folder, patch);
  } catch (error) {
    remove();
    throw error;
  }
  return { main: join(folder, basename(BUILT_MAIN)), remove };
}

function applyTo(folder: string, { file, ...change }: Patch): void {
  const path = join(folder, file ?? fileWith(folder, change.find));
  writeFileSync(path, withChange(readFileSync(path, "utf8"), change, basename(path)));
}

/** The bundler names its chunks as it likes, so most patches do not say in which the text is. */
function fileWith(folder: string, text: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith(".mjs"));
  const [only, ...more] = files.filter((name) => readFileSync(join(folder, name), "utf8").includes(text));
  if (!only || more.length > 0) {
    throw new Error(`${only ? `${more.length + 1} files of` : "no file of"} the built server hold this: ${text}`);
  }
  return only;
}
