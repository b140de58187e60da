import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase32, encodeBase32 } from "./base32.ts";
import { compactCode, parseCode } from "./token.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const secret = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe("base32", () => {
  it("gives back every value it was given", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(decodeBase32(encodeBase32(bytes), bytes.length)).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it("has one spelling for each value: no other text of the alphabet decodes to it", () => {
    const text = fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 28, maxLength: 28 });
    fc.assert(
      fc.property(text, (letters) => {
        const bytes = decodeBase32(letters, 17);
        if (bytes) expect(encodeBase32(bytes)).toBe(letters);
      }),
    );
  });

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
        expect(parseCode(text)).toEqual({ kind: "compact", random: new Uint8Array(random) });
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
        if (typeof mutant === "object") expect(mutant.random).not.toEqual(new Uint8Array(random));
      }),
      { numRuns: 2_000 },
    );
  });

  it("is never found in garbage, and garbage never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(["malformed", "unsupported"]).toContain(parseCode(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it("refuses to be made of anything but 16 bytes", () => {
    expect(() => compactCode(new Uint8Array(15))).toThrow(RangeError);
  });
});
