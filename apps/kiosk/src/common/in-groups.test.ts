import { expect, it } from "vitest";
import { spelled } from "../scan/spelling.ts";
import { caretAfter, inGroups } from "./in-groups.ts";

it("lays letters in fours, with no gap at the end", () => {
  expect(["", "T1", "T12A", "T12AB", "T12AB3CD"].map(inGroups)).toEqual(["", "T1", "T12A", "T12A B", "T12A B3CD"]);
});

it("keeps the caret behind its letter when gaps come and go", () => {
  expect(caretAfter("T12Ab", 5, spelled)).toBe("T12A B".length);
  expect(caretAfter("T12x A B3", 4, spelled)).toBe(4);
  expect(caretAfter("T12AB3CD", 4, spelled)).toBe(4); // the gap was deleted: the next stroke meets the letter before it
});
