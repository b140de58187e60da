import encodeQR from "qr";

/** The eight patterns that break up a code's dark and light areas, numbered as in ISO/IEC 18004 table 10. */
export type Mask = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Every mask, in order. */
export const masks: readonly Mask[] = [0, 1, 2, 3, 4, 5, 6, 7];

const levels = { M: "medium", Q: "quartile" } as const;

/**
 * Takes the text of a code; gives its modules by row and column, `true` for dark, without a quiet zone.
 * Upper-case texts come out smaller: they fit the alphanumeric mode, so 30 characters are 25 modules wide.
 * Without a `mask` the encoder picks the one it finds prettiest, which some readers cannot find (see `chooseMask`).
 */
export function qrMatrix(text: string, options: { mask?: Mask; ecc?: "M" | "Q" } = {}): boolean[][] {
  // The encoder insists on a border of at least one module: it is cut off again, quiet zones are the renderer's affair.
  const bordered = encodeQR(text, "raw", { ecc: levels[options.ecc ?? "M"], mask: options.mask, border: 1 });
  return bordered.slice(1, -1).map((row) => row.slice(1, -1));
}

/**
 * Takes a matrix; gives the `d` of one SVG path that fills its dark modules, one unit each.
 * Runs of neighbours become one rectangle, so the path is a third as long and has no hairlines between modules.
 */
export function qrSvgPath(matrix: boolean[][]): string {
  return matrix.flatMap((row, y) => darkRuns(row).map(([x, n]) => `M${x} ${y}h${n}v1h-${n}z`)).join("");
}

function darkRuns(row: boolean[]): [start: number, length: number][] {
  const runs: [number, number][] = [];
  row.forEach((dark, x) => {
    const last = runs.at(-1);
    if (!dark) return;
    if (last && row[x - 1]) last[1] += 1;
    else runs.push([x, 1]);
  });
  return runs;
}
