import { expect, it } from "vitest";
import { problemOf } from "./sign-in-problem.ts";

it.each([
  [401, "wrong"],
  [400, "wrong"],
  [429, "too_many"],
  [500, "broken"],
  [502, "unreachable"],
  [503, "unreachable"],
  [0, "unreachable"],
  [undefined, "unreachable"],
] as const)("a sign-in refused with %s is %s", (status, problem) => {
  expect(problemOf(status)).toBe(problem);
});
