import { posix } from "node:path";

type Files = { readFile(path: string): string; fileExists(path: string): boolean };

const IMPORT = /(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g;

/** The declaration file that an import of `./chunk.js` means. */
function declarationOf(specifier: string): string {
  return /\.d\.[cm]?ts$/.test(specifier) ? specifier : specifier.replace(/\.([cm]?)jsx?$/, ".d.$1ts");
}

/** Everything a consumer's compiler reads for one entry: its declaration file and every chunk behind it. */
export function publishedTypes(files: Files, entry: string, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(entry)) return seen;
  if (!files.fileExists(entry)) throw new Error(`${entry} is imported by the published types but was not packed`);

  const text = files.readFile(entry);
  seen.set(entry, text);
  for (const [, specifier = ""] of text.matchAll(IMPORT)) {
    publishedTypes(files, posix.join(posix.dirname(entry), declarationOf(specifier)), seen);
  }
  return seen;
}

/** What a consumer has no use for. Each of these in the types means that the router's context leaked. */
const INWARD = /prisma|express|@tessera\/(db|api)/i;

export function inwardMentions(types: Map<string, string>): string[] {
  return [...types].flatMap(([file, text]) =>
    text
      .split("\n")
      .filter((line) => INWARD.test(line))
      .map((line) => `${file}: ${line.trim().slice(0, 120)}`),
  );
}

export function sizeOf(types: Map<string, string>): number {
  return [...types.values()].reduce((total, text) => total + Buffer.byteLength(text), 0);
}
