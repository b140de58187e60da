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

it.each([
  [403, "EMAIL_NOT_VERIFIED", "unverified"],
  [400, "INVALID_PASSWORD", "wrong_password"],
  [401, "INVALID_CODE", "wrong_code"],
  [401, "SOMETHING_NEW", "wrong"],
] as const)("%s with the code %s is %s", (status, code, problem) => {
  expect(problemOf(status, code)).toBe(problem);
});
