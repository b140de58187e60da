import { expect, it } from "vitest";
import { failureWords, mayHeal } from "./failure-words.ts";

it.each([
  [{ data: { code: "INTERNAL_SERVER_ERROR", failure: "read_only" as const } }, /read-only/],
  [{ data: { code: "TOO_MANY_REQUESTS" } }, /Wait a moment/],
  [{ data: { code: "INTERNAL_SERVER_ERROR" } }, /our side/],
  [{ data: null }, /cannot be reached/],
  [{}, /cannot be reached/],
])("%j is said in plain words", (error, words) => {
  expect(failureWords(error)).toMatch(words);
});

it.each([
  ["nobody was reached", new Error("fetch failed"), true],
  ["the server was busy", { data: { code: "CONFLICT", failure: "busy" as const } }, true],
  ["the server said no", { data: { code: "FORBIDDEN" } }, false],
])("asking again when %s: %o", (_, error, helps) => {
  expect(mayHeal(error)).toBe(helps);
});
