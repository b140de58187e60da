import type { Availability, Checkout } from "@tessera/contracts";
import { expect, it } from "vitest";
import { nextStep } from "./next-step.ts";

const free = { state: "free" } as Availability;
const out = { state: "out" } as Availability;
const mine = {} as Checkout;

it.each([
  ["free: take it", free, undefined, true, "take"],
  ["out to somebody: wait", out, undefined, true, "wait"],
  ["out to me: give it back", out, mine, true, "give_back"],
  ["out to me and codes are off: the desk says so, the way stays open", out, mine, false, "give_back"],
  ["free and codes are off: say so", free, undefined, false, "switched_off"],
  ["out and codes are off: it is out", out, undefined, false, "wait"],
] as const)("%s", (_, availability, loan, codesAreOn, step) => {
  expect(nextStep(availability, loan, codesAreOn)).toBe(step);
});
