import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LabelKey, labelAddress, labelGroups, labelKey, labelKeyIn, readLabelKey } from "./label-key.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const random = fc.uint8Array({ minLength: 10, maxLength: 10 });
const key = random.map(labelKey);

describe("a label's key", () => {
  it("has 17 letters that can be read aloud, and is read back", () => {
    fc.assert(
      fc.property(key, (one) => {
        expect(one).toMatch(/^[0-9A-HJKMNP-TV-Z]{17}$/);
        expect(readLabelKey(one)).toBe(one);
      }),
    );
  });

  it("is another one for other chance", () => {
    fc.assert(fc.property(random, random, (a, b) => a.join() === b.join() || labelKey(a) !== labelKey(b)));
  });

  it("is read from small letters, groups and look-alikes", () => {
    const one = labelKey(new Uint8Array(10));
    expect(one).toBe("00000000000000000");
    expect(readLabelKey("oooo oooo-OOOO oooo0")).toBe(one);
    const ones = labelKey(Uint8Array.from([8, 66, 16, 132, 33, 8, 66, 16, 132, 33]));
    expect(readLabelKey(ones.replaceAll("1", "l"))).toBe(ones);
    expect(readLabelKey(labelGroups(ones).toLowerCase())).toBe(ones);
  });

  it("is not read with any one letter wrong", () => {
    fc.assert(
      fc.property(key, fc.nat(16), fc.constantFrom(...ALPHABET), (one, place, letter) => {
        fc.pre(one[place] !== letter);
        expect(readLabelKey(one.slice(0, place) + letter + one.slice(place + 1))).toBeNull();
      }),
    );
  });

  it("is not read with any two letters in each other's place", () => {
    fc.assert(
      fc.property(key, fc.nat(16), fc.nat(16), (one, a, b) => {
        fc.pre(one[a] !== one[b]);
        const letters = Array.from(one);
        [letters[a], letters[b]] = [letters[b] ?? "", letters[a] ?? ""];
        expect(readLabelKey(letters.join(""))).toBeNull();
      }),
    );
  });

  it.each(["", "0", "0000000000000000", "000000000000000000", "U0000000000000000", "T1000000000000000000000000000"])(
    "is not read from %j",
    (text) => expect(readLabelKey(text)).toBeNull(),
  );

  it("takes ten bytes of chance, no fewer", () => {
    expect(() => labelKey(new Uint8Array(9))).toThrow(RangeError);
  });
});

describe("what was scanned", () => {
  const one = labelKey(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));

  it.each([
    labelAddress("https://lend.example", one),
    labelAddress("http://localhost:4000/", one),
    `HTTPS://OLD.EXAMPLE/L/${one.toLowerCase()}`,
    `https://lend.example/l/${one}/?from=poster`,
    `  ${one} `,
    labelGroups(one),
  ])("holds the key: %s", (text) => expect(labelKeyIn(text)).toBe(one));

  it.each([
    `https://lend.example/img/${one}.svg`,
    `https://lend.example/l/${one}/more`,
    `javascript:/l/${one}`,
    `https://lend.example/?l=/l/${one}`,
    "https://lend.example/l/",
    "T10MF4Z2A9Q7B3",
  ])("holds none: %s", (text) => expect(labelKeyIn(text)).toBeNull());

  it("is shown in groups that join to the key", () => {
    expect(
      labelGroups(one)
        .split(" ")
        .map(({ length }) => length),
    ).toEqual([4, 4, 4, 5]);
    expect(labelGroups(one).replaceAll(" ", "")).toBe(one satisfies LabelKey);
  });
});
