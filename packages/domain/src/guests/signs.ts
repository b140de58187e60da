import type { Sign } from "@tessera/contracts";

/** All words that a label can show: things that everybody knows at a glance, in one ink too. Screens and printers have their pictures. */
export const signWords = [
  "bird",
  "anchor",
  "lemon",
  "bicycle",
  "palm",
  "bell",
  "turtle",
  "umbrella",
  "cherries",
  "rabbit",
  "key",
  "train",
  "moon",
  "crown",
  "boat",
  "carrot",
  "guitar",
  "flower",
  "cat",
  "fish",
  "snail",
  "magnet",
  "puzzle",
  "squirrel",
  "apple",
  "sun",
  "feather",
  "shell",
  "rocket",
  "tent",
  "leaf",
  "dog",
] as const;

/**
 * Two different pictures for a new label: 992 pairs. They are no secret; whoever sticks a code of their own over a label
 * cannot make the page behind it show them.
 *
 * @param random Gives bytes from a cryptographic source.
 */
export function drawSigns(random: (length: number) => Uint8Array): [string, string] {
  const [a = 0, b = 0] = random(2);
  const first = a % signWords.length;
  const second = (first + 1 + (b % (signWords.length - 1))) % signWords.length;
  return [signWords[first] ?? "", signWords[second] ?? ""];
}

/** @returns The words as they are told. */
export const shownSigns = (words: readonly string[]): Sign[] => words.map((word) => ({ word }));
