import { expect, it } from "vitest";
import { greeting } from "./greeting.ts";

it.each([
  [3, "Hello, Ada"],
  [8, "Good morning, Ada"],
  [12, "Good afternoon, Ada"],
  [18, "Good evening, Ada"],
])("at %i o'clock", (hour, words) => {
  expect(greeting("Ada", hour)).toBe(words);
});
