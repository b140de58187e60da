import { type RampStep, rampTemplates } from "@tessera/contracts/flags";
import { expect, it } from "vitest";
import { stepForm, stepOf, wholeNumber } from "./plan-form.ts";

it.each(Object.entries(rampTemplates))("the steps of %s come out of the form as they went in", (_name, steps) => {
  expect(steps.map((step) => stepOf(stepForm(step)))).toEqual(steps);
});

it("keeps a hold for approval or for a sample, and a step without a guard", () => {
  const steps: RampStep[] = [
    { reach: { kind: "percentage", percentage: 0.125 }, hold: { kind: "approval" }, guards: [] },
    { reach: { kind: "tenants", share: 50 }, hold: { kind: "sample", calls: 1_200 }, guards: [] },
  ];
  expect(steps.map((step) => stepOf(stepForm(step)))).toEqual(steps);
});

it("shows the first guard of a step and keeps the others", () => {
  const guard = { metric: "error_share", above: 1, minCalls: 50, action: "pause" } as const;
  const guards = [guard, { ...guard, above: 5, action: "roll_back" as const }];
  const step: RampStep = { reach: { kind: "cohort", size: 20 }, hold: { kind: "approval" }, guards };
  expect(stepOf({ ...stepForm(step), above: "2" }).guards).toEqual([{ ...guard, above: 2 }, guards[1]]);
});

it.each([
  ["12", 12],
  ["1,200", 1_200],
  ["0", null],
  ["1.5", null],
  ["", null],
])("%j is the whole number %s", (text, number) => {
  expect(wholeNumber(text)).toBe(number);
});
