import type { Sign } from "@tessera/contracts";

/** Things that everybody knows at a glance, and that no two people call alike by mistake. The order is kept: labels name words. */
const PICTURES: readonly (readonly [picture: string, word: string])[] = [
  ["🦉", "owl"],
  ["⚓", "anchor"],
  ["🍋", "lemon"],
  ["🚲", "bicycle"],
  ["🌵", "cactus"],
  ["🔔", "bell"],
  ["🐢", "turtle"],
  ["☂️", "umbrella"],
  ["🍄", "mushroom"],
  ["🎈", "balloon"],
  ["🦊", "fox"],
  ["🗝️", "key"],
  ["🍒", "cherries"],
  ["🚂", "train"],
  ["🌙", "moon"],
  ["🎩", "hat"],
  ["🐝", "bee"],
  ["⛵", "boat"],
  ["🥕", "carrot"],
  ["🎸", "guitar"],
  ["🌻", "sunflower"],
  ["🪜", "ladder"],
  ["🐘", "elephant"],
  ["🧦", "socks"],
  ["🍍", "pineapple"],
  ["🕯️", "candle"],
  ["🐧", "penguin"],
  ["🧲", "magnet"],
  ["🍉", "melon"],
  ["🪁", "kite"],
  ["🐌", "snail"],
  ["🧩", "puzzle"],
];

/** All words that a label can show, in their order. */
export const signWords: readonly string[] = PICTURES.map(([, word]) => word);

/**
 * Two different pictures for a new label: 992 pairs. They are no secret; whoever sticks a code of their own over a label
 * cannot make the page behind it show them.
 *
 * @param random Gives bytes from a cryptographic source.
 */
export function drawSigns(random: (length: number) => Uint8Array): [string, string] {
  const [a = 0, b = 0] = random(2);
  const first = a % PICTURES.length;
  const second = (first + 1 + (b % (PICTURES.length - 1))) % PICTURES.length;
  return [signWords[first] ?? "", signWords[second] ?? ""];
}

/** @returns The words with their pictures; a word of a newer release has none. */
export const shownSigns = (words: readonly string[]): Sign[] =>
  words.map((word) => ({ word, picture: PICTURES.find(([, known]) => known === word)?.[0] ?? "" }));
