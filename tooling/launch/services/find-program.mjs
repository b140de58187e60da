import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

export function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first of `names` that PATH or one of `folders` holds, or null. */
export function findProgram(names, { path = process.env.PATH ?? "", folders = [] } = {}) {
  const places = [...path.split(delimiter).filter(Boolean), ...folders];
  return names.flatMap((name) => places.map((place) => join(place, name))).find(isProgram) ?? null;
}

const DEBIAN = "/usr/lib/postgresql";

/** Debian keeps the server's programs off PATH, in one folder per version; the newest comes first. */
export function debianPostgresFolders() {
  if (!existsSync(DEBIAN)) return [];
  return readdirSync(DEBIAN)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, "bin"));
}
