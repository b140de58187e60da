import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase32, encodeBase32 } from "./base32.ts";
import { compactCode } from "./compact-code.ts";
import { parseCode } from "./token.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const secret = fc.uint8Array({ minLength: 16, maxLength: 16 });
const letters = (minLength: number, maxLength = minLength) =>
  fc.string({ unit: fc.constantFrom(...ALPHABET), minLength, maxLength });

describe("base32", () => {
  it("gives back every value it was given", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 110 }), (bytes) => {
        expect(decodeBase32(encodeBase32(bytes), bytes.length)).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it.each([
    ["compact", 28, 17],
    ["signed", 148, 92],
    ["rotating", 170, 106],
  ])(
    "has one spelling for each value of a %s code: no other text of the alphabet decodes to it",
    (_, length, bytes) => {
      let read = 0;
      fc.assert(
        fc.property(letters(length - 1), fc.constantFrom(..."0123456789ABCDEFGHJKMNPQRSTVWXYZ"), (text, last) => {
          const value = decodeBase32(text + last, bytes);
          if (!value) return;
          read += 1;
          expect(encodeBase32(value)).toBe(text + last);
        }),
        { numRuns: 500 },
      );
      expect(read).toBeGreaterThan(0);
    },
  );

  it.each(["U", "I", "L", "O", "a", " ", "é", "="])("refuses the letter %s", (letter) => {
    expect(decodeBase32(`0${letter}`, 1)).toBeNull();
  });
});

describe("a compact code", () => {
  it("is 30 upper-case letters and digits, and reads back as what it was made of", () => {
    fc.assert(
      fc.property(secret, (random) => {
        const text = compactCode(random);
        expect(text).toMatch(/^T1[0-9A-HJKMNP-TV-Z]{28}$/);
        expect(parseCode(text)).toEqual({ kind: "compact", secretPart: new Uint8Array(random) });
      }),
    );
  });

  it("never survives the change of one character as the same code", () => {
    const letter = fc.constantFrom(...ALPHABET, "U", "i", " ", "-");
    fc.assert(
      fc.property(secret, fc.nat(29), letter, (random, at, other) => {
        const text = compactCode(random);
        fc.pre(text[at] !== other);
        const mutant = parseCode(text.slice(0, at) + other + text.slice(at + 1));
        if (typeof mutant === "object") expect(mutant.secretPart).not.toEqual(new Uint8Array(random));
      }),
      { numRuns: 2_000 },
    );
  });

  it("refuses to be made of anything but 16 bytes", () => {
    expect(() => compactCode(new Uint8Array(15))).toThrow(RangeError);
  });
});

describe("reading a text", () => {
  const text = compactCode(new Uint8Array(16));

  it("finds no code in garbage, and never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (garbage) => {
        expect(["malformed", "unsupported"]).toContain(parseCode(garbage));
        expect(["malformed", "unsupported"]).toContain(parseCode(`T1${garbage}`));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["nothing", ""],
    ["the tag alone", "T1"],
    ["a compact code cut short", text.slice(0, -1)],
    ["a compact code with a letter too many", `${text}0`],
    ["a compact code in lower case", text.toLowerCase()],
    ["a compact code with an O for a zero", text.replace("0", "O")],
    ["a compact code with a space before it", ` ${text}`],
    ["a compact code with a line end after it", `${text}\n`],
    ["a compact code with digits of another script", text.replace("0", "٠")],
    ["letters that are not of the alphabet", `T1${"U".repeat(60)}`],
    ["a megabyte of one letter", "T".repeat(1_000_000)],
    ["a compact code followed by a megabyte", text + "0".repeat(1_000_000)],
  ])("calls %s malformed", (_, given) => {
    expect(parseCode(given)).toBe("malformed");
  });

  it.each([
    ["another version", `T1${encodeBase32(Uint8Array.of(0x20, ...new Uint8Array(16)))}`],
    ["a kind of a newer release", `T1${encodeBase32(Uint8Array.of(0x14, ...new Uint8Array(191)))}`],
  ])("calls %s unsupported", (_, given) => {
    expect(parseCode(given)).toBe("unsupported");
  });

  it("knows a code by its mark alone: of all 256 marks three are ours, each at one length only", () => {
    const kinds = Array.from({ length: 256 }, (_, mark) =>
      [17, 92, 106].map((length) => {
        const parsed = parseCode(`T1${encodeBase32(Uint8Array.of(mark, ...new Uint8Array(length - 1)))}`);
        return typeof parsed === "string" ? parsed : parsed.kind;
      }),
    );
    const ours = { 16: ["compact", "malformed", "malformed"], 18: ["malformed", "signed", "malformed"] };
    const known: Record<number, string[]> = { ...ours, 19: ["malformed", "malformed", "rotating"] };
    expect(kinds).toEqual(kinds.map((_, mark) => known[mark] ?? ["unsupported", "unsupported", "unsupported"]));
  });
});
