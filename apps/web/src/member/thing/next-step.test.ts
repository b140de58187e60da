import type { Availability, Checkout, ThingLine } from "@tessera/contracts";
import { expect, it } from "vitest";
import { nextStep } from "./next-step.ts";

const free = { state: "free" } as Availability;
const out = { state: "out" } as Availability;
const held = { state: "held" } as Availability;
const loan = {} as Checkout;
const until = "2026-11-24T12:00:00.000Z";
const nobody = { mine: null, keptUntil: null } as ThingLine;
const waiting = { mine: { place: 2, heldUntil: null }, keptUntil: null } as ThingLine;
const mine = { mine: { place: 1, heldUntil: until }, keptUntil: null } as ThingLine;
const others = { mine: null, keptUntil: until } as ThingLine;
const afterOthers = { mine: { place: 2, heldUntil: null }, keptUntil: until } as ThingLine;

it.each([
  ["free: take it", free, undefined, true, nobody, "take"],
  ["free, and nothing else is known yet: take it", free, undefined, true, undefined, "take"],
  ["out to somebody: wait for it", out, undefined, true, nobody, "join"],
  ["out, and I wait: I do already", out, undefined, true, waiting, "waiting"],
  ["kept for me: take it", held, undefined, true, mine, "take"],
  ["reserved by me from now on: take it", held, undefined, true, nobody, "take"],
  ["kept for another: wait for it", held, undefined, true, others, "join"],
  ["kept for another, and I am next: I wait already", held, undefined, true, afterOthers, "waiting"],
  ["out to me: give it back", out, loan, true, nobody, "give_back"],
  ["out to me and codes are off: the desk says so, the way stays open", out, loan, false, nobody, "give_back"],
  ["free and codes are off: say so", free, undefined, false, nobody, "switched_off"],
  ["out and codes are off: waiting needs none", out, undefined, false, nobody, "join"],
] as const)("%s", (_, availability, has, codesAreOn, line, step) => {
  expect(nextStep({ availability, loan: has, codesAreOn, line })).toBe(step);
});
