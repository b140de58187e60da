import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Mask, masks, qrMatrix, qrSvgPath } from "./matrix.ts";

const TOKEN = "T10ABCDEFGHJKMNPQRSTVWXYZ01234";

/** Bits 2..4 of the format strip beside the top left finder hold the mask, itself under the fixed pattern 101 01… */
const maskWrittenIn = (matrix: boolean[][]) =>
  [2, 3, 4].reduce((number, column) => number * 2 + Number(matrix[8]?.[column]), 0) ^ 0b101;

const modeWrittenIn = (matrix: boolean[][], mask: Mask) => {
  const size = matrix.length;
  const firstFour = [
    [size - 1, size - 1],
    [size - 2, size - 1],
    [size - 1, size - 2],
    [size - 2, size - 2],
  ] as const;
  if (mask !== 0) throw new Error("only mask 0 is unmasked here");
  return firstFour.map(([x, y]) => Number(matrix[y]?.[x] !== ((x + y) % 2 === 0))).join("");
};

describe("a matrix", () => {
  it("is version 2, 25 modules wide, for the thirty characters of an opaque code", () => {
    const matrix = qrMatrix(TOKEN);
    expect(matrix).toHaveLength(25);
    expect(matrix.every((row) => row.length === 25)).toBe(true);
  });

  it.each([
    ["compact", 30, 2],
    ["signed", 150, 6],
    ["rotating", 172, 7],
  ])("of a %s code, %i characters, is version %i at ECC M whatever it says", (_, length, version) => {
    const letter = fc.constantFrom(..."0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    fc.assert(
      fc.property(fc.string({ unit: letter, minLength: length - 2, maxLength: length - 2 }), (letters) => {
        expect(qrMatrix(`T1${letters}`)).toHaveLength(17 + 4 * version);
      }),
      { numRuns: 20 },
    );
  });

  it("has room for four characters more in version 6, and needs version 8 for a signed code at ECC Q", () => {
    expect(qrMatrix("T".repeat(154))).toHaveLength(41);
    expect(qrMatrix("T".repeat(155))).toHaveLength(45);
    expect(qrMatrix("T".repeat(150), { ecc: "Q" })).toHaveLength(49);
  });

  it("holds upper-case text in alphanumeric mode", () => {
    expect(modeWrittenIn(qrMatrix(TOKEN, { mask: 0 }), 0)).toBe("0010");
  });

  it("needs more modules for the same text in lower case, so the test above can fail", () => {
    expect(qrMatrix(TOKEN.toLowerCase()).length).toBeGreaterThan(25);
    expect(modeWrittenIn(qrMatrix(TOKEN.toLowerCase(), { mask: 0 }), 0)).toBe("0100");
  });

  it.each(masks)("wears mask %i when asked for it, by the standard's own numbers", (mask) => {
    expect(maskWrittenIn(qrMatrix(TOKEN, { mask }))).toBe(mask);
  });

  it("has no quiet zone: the first finder starts in the corner", () => {
    expect(qrMatrix(TOKEN)[0]?.slice(0, 8)).toEqual([true, true, true, true, true, true, true, false]);
  });

  it("grows when more of it may be damaged", () => {
    expect(qrMatrix(TOKEN, { ecc: "Q" }).length).toBeGreaterThanOrEqual(qrMatrix(TOKEN, { ecc: "M" }).length);
    expect(qrMatrix(`${TOKEN}${TOKEN}`, { ecc: "Q" }).length).toBeGreaterThan(qrMatrix(`${TOKEN}${TOKEN}`).length);
  });
});

describe("its svg path", () => {
  it("joins neighbours of a row into one rectangle", () => {
    expect(
      qrSvgPath([
        [true, true, false, true],
        [false, false, false, false],
        [false, true, true, true],
      ]),
    ).toBe("M0 0h2v1h-2zM3 0h1v1h-1zM1 2h3v1h-3z");
  });

  it("covers exactly the dark modules", () => {
    const matrix = qrMatrix(TOKEN);
    const covered = matrix.map((row) => row.map(() => false));
    for (const [, x, y, n] of qrSvgPath(matrix).matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
      for (let i = 0; i < Number(n); i++) (covered[Number(y)] ?? [])[Number(x) + i] = true;
    }
    expect(covered).toEqual(matrix);
  });
});
