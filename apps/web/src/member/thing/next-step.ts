import type { Availability, Checkout, ThingLine } from "@tessera/contracts";

/** The one thing to do about a resource. */
export type NextStep = "take" | "give_back" | "join" | "waiting" | "switched_off";

/** What the step follows from. */
export interface Standing {
  availability: Pick<Availability, "state">;
  loan: Checkout | undefined;
  codesAreOn: boolean;
  /** Undefined until it was heard. */
  line: ThingLine | null | undefined;
}

/** Whether it is there, and kept for nobody but me. */
export const isKeptForMe = ({ availability, line }: Pick<Standing, "availability" | "line">): boolean =>
  !!line?.mine?.heldUntil || (availability.state === "held" && line?.keptUntil === null);

/** Giving back comes first and is always offered: what is out must be able to come home. */
export function nextStep({ availability, loan, codesAreOn, line }: Standing): NextStep {
  if (loan) return "give_back";
  if (availability.state === "free" || (availability.state === "held" && isKeptForMe({ availability, line }))) {
    return codesAreOn ? "take" : "switched_off";
  }
  return line?.mine ? "waiting" : "join";
}
