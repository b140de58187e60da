import fc from "fast-check";
import { expect, it } from "vitest";
import { murmur3, murmur3After } from "./murmur3.ts";

/** Any sequence of UTF-16 units, halves of characters too. */
const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
const latin = fc.string({ unit: fc.integer({ min: 0, max: 0xff }).map((unit) => String.fromCharCode(unit)) });
const ascii = fc.string({ unit: "binary-ascii", maxLength: 60 });

it.each([
  ["", 0, 0x00000000],
  ["", 1, 0x514e28b7],
  ["test", 0, 0xba6bd213],
  ["Hello, world!", 0, 0xc0363e43],
  ["flag:zoë", 0, 0x7e431e9f],
  ["flag:日本", 0, 0xc987c5da],
] as const)("hashes %j with seed %i as everybody does", (text, seed, hash) => {
  expect(murmur3(text, seed)).toBe(hash);
});

it("takes half a character for U+FFFD, as UTF-8 does", () => {
  expect(murmur3("a\ud800")).toBe(murmur3("a\ufffd"));
});

it.each([
  ["ASCII", ascii],
  ["Latin letters", latin],
  ["any text", anyText],
] as const)("gives %s after a prefix the hash of both together", (_, text) => {
  fc.assert(
    fc.property(fc.oneof(ascii, anyText), text, (prefix, rest) => {
      expect(murmur3After(prefix)(rest)).toBe(murmur3(prefix + rest));
    }),
    { numRuns: 2_000 },
  );
});

it("does so wherever in a block the prefix ends and the text begins and ends", () => {
  for (let before = 0; before <= 8; before++) {
    const after = murmur3After("abcdefgh".slice(0, before));
    for (let length = 0; length <= 40; length++) {
      const text = "0123456789".repeat(4).slice(0, length);
      expect(after(text)).toBe(murmur3("abcdefgh".slice(0, before) + text));
    }
  }
});

it("remembers nothing between two texts", () => {
  const after = murmur3After("salt:");
  const first = after("one");
  after("zoë");
  expect(after("one")).toBe(first);
});
