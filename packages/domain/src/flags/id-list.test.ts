import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idList } from "./id-list.ts";

/** From so few letters that many end alike. */
const id = fc.string({ unit: fc.constantFrom("a", "b", "é", "\ud800"), maxLength: 6 });

it("has what a Set has, whatever the ids are like", () => {
  fc.assert(
    fc.property(fc.array(id), fc.array(id), (ids, asked) => {
      const [list, set] = [idList(ids), new Set(ids)];
      for (const one of [...ids, ...asked]) expect(list.has(one)).toBe(set.has(one));
    }),
  );
});

it("has nobody when nobody is named", () => {
  expect([idList([]).has(""), idList([]).has("a")]).toEqual([false, false]);
});

describe.each([
  ["that are drawn", (number: number) => (Math.imul(number, 0x9e3779b1) >>> 0).toString(36).padStart(8, "0")],
  ["that are counted", (number: number) => `member-${number}`],
  ["that all end alike", (number: number) => `${number}@hotel.example`],
])("a list of 100,000 ids %s", (_, name) => {
  const list = idList(Array.from({ length: 100_000 }, (_, number) => name(number)));

  it("has each of them, and nobody else", () => {
    for (let number = 0; number < 100_000; number++) {
      if (!list.has(name(number))) expect.fail(`${name(number)} is missing`);
      if (list.has(name(number + 100_000))) expect.fail(`${name(number + 100_000)} is too much`);
    }
  });
});
