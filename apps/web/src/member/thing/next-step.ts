import type { Availability, Checkout } from "@tessera/contracts";

/** The one thing to do about a resource. */
export type NextStep = "take" | "give_back" | "wait" | "switched_off";

/** Giving back comes first and is always offered: what is out must be able to come home. */
export function nextStep(availability: Availability, loan: Checkout | undefined, codesAreOn: boolean): NextStep {
  if (loan) return "give_back";
  if (availability.state === "out") return "wait";
  return codesAreOn ? "take" : "switched_off";
}
