/** Every letter our codes are made of, and the two that keyboards mistake most: each at a place that tells it apart. */
export const TEST_CODE = "TESSERA0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** What a hand scanner and the keyboard it plays make of our letters. */
export type WedgeFinding =
  | { kind: "right" }
  /** Capital letters come as small ones: Caps Lock is on, or the scanner shifts wrongly. Codes are read all the same. */
  | { kind: "turned_round" }
  | { kind: "layout"; name: "QWERTZ" | "AZERTY" }
  /** Letters before or after, as scanners are sometimes set to send. */
  | { kind: "surrounded"; before: string; after: string }
  | { kind: "other"; text: string };

/** What arrives when the scanner plays an American keyboard and the computer takes it for another. */
const layouts = {
  QWERTZ: { Y: "Z", Z: "Y" },
  AZERTY: {
    A: "Q",
    Q: "A",
    Z: "W",
    W: "Z",
    M: "?",
    0: "à",
    1: "&",
    2: "é",
    3: '"',
    4: "'",
    5: "(",
    6: "-",
    7: "è",
    8: "_",
    9: "ç",
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

/**
 * @param typed What came when the test code was scanned.
 * @returns What is the matter, and so what to set.
 */
export function readTestCode(typed: string): WedgeFinding {
  if (typed === TEST_CODE) return { kind: "right" };
  if (typed.toUpperCase() === TEST_CODE) return { kind: "turned_round" };
  for (const name of ["QWERTZ", "AZERTY"] as const) {
    if (typed.toUpperCase() === through(layouts[name]).toUpperCase()) return { kind: "layout", name };
  }
  const at = typed.toUpperCase().indexOf(TEST_CODE);
  if (at < 0) return { kind: "other", text: typed };
  return { kind: "surrounded", before: typed.slice(0, at), after: typed.slice(at + TEST_CODE.length) };
}

const through = (layout: Readonly<Record<string, string>>): string =>
  [...TEST_CODE].map((letter) => layout[letter] ?? letter).join("");
