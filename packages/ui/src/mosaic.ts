/** How strongly a tile of a picture is coloured: 0 bare, 3 full. */
export type Shade = 0 | 1 | 2 | 3;

/** How many tiles around the middle stay pale, because the icon stands on them. */
const CALM = 1.75;

/**
 * The tiles of a thing's picture, row by row. The same seed always lays the same mosaic, so a thing is recognised by it;
 * the middle stays calm for its icon.
 */
export function mosaic(seed: string, columns: number, rows: number): Shade[] {
  const random = numbersFrom(seed);
  return Array.from({ length: columns * rows }, (_, place) => {
    const [x, y] = [place % columns, Math.floor(place / columns)];
    const fromMiddle = Math.max(Math.abs(x - (columns - 1) / 2), Math.abs(y - (rows - 1) / 2));
    const luck = random();
    if (fromMiddle < CALM) return luck < 0.3 ? 1 : 0;
    if (luck < 0.14) return 3;
    if (luck < 0.4) return 2;
    return luck < 0.75 ? 1 : 0;
  });
}

/** The tiles of one shade as an SVG path, each ten units wide with a grout of one. */
export const tilesPath = (shades: readonly Shade[], shade: Shade, columns: number): string =>
  shades
    .map((one, place) =>
      one === shade ? `M${(place % columns) * 10} ${Math.floor(place / columns) * 10}h9v9h-9z` : "",
    )
    .join("");

/** A small, even stream of numbers (mulberry32) that starts from the letters of the seed. */
function numbersFrom(seed: string): () => number {
  let state = [...seed].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
