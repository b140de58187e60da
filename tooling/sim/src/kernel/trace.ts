/** What happened, hashed whole and kept at its end. */
export interface Trace {
  add(line: string): void;
  /** @returns The newest lines, oldest first. */
  last(): readonly string[];
  /** @returns 16 hex digits; the same for two traces only when they are the same, byte for byte. */
  hash(): string;
}

const KEPT = 50;

/** The hash is two FNV-1a of 32 bits with different offsets: it compares runs, it guards nothing. */
export function trace(): Trace {
  const lines: string[] = [];
  let [one, other] = [0x811c9dc5, 0x1b873593];

  return {
    add(line) {
      for (let at = 0; at < line.length; at++) {
        const letter = line.charCodeAt(at);
        one = Math.imul(one ^ letter, 0x01000193);
        other = Math.imul(other ^ letter ^ (one >>> 24), 0x01000193);
      }
      if (lines.push(line) >= 2 * KEPT) lines.splice(0, KEPT);
    },
    last: () => lines.slice(-KEPT),
    hash: () => [one, other].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join(""),
  };
}
