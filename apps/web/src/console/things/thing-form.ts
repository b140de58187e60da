import { type ResourceKind, type Thing, type ThingWords, thingLimits } from "@tessera/contracts";
import { type Duration, durationOf, minutesOf } from "../controls/duration.ts";

const WEEK = 10_080;

/** A thing as it is typed. */
export interface ThingForm extends Duration {
  name: string;
  kind: ResourceKind;
  place: string;
  description: string;
}

/** @returns What a form begins with: the thing as it is, or the usual of a new one. */
export const formOf = (thing: Thing | null): ThingForm => ({
  name: thing?.name ?? "",
  kind: thing?.kind ?? "tool",
  place: thing?.place ?? "",
  description: thing?.description ?? "",
  ...durationOf(thing?.loanMinutes ?? WEEK),
});

/** @returns Whether somebody typed a loan that a thing can have. */
export function isLoan(typed: Duration): boolean {
  const minutes = minutesOf(typed);
  return minutes !== null && Number.isInteger(minutes) && minutes >= 1 && minutes <= thingLimits.loanMinutes;
}

/** @returns What was typed, as the server takes it. */
export const wordsIn = ({ name, kind, place, description, ...loan }: ThingForm): ThingWords => ({
  name: name.trim(),
  kind,
  place: place.trim(),
  description: description.trim(),
  loanMinutes: minutesOf(loan) ?? 0,
});
