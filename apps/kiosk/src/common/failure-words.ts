import { failures } from "@tessera/contracts";
import { cannotDecide, type WhyNot } from "../offline/cannot-decide.ts";
import type { Undecided } from "../scan/desk-state.ts";

/** What keeps an answer away, in one sentence for whoever stands before the desk. */
export function failureWords(because: Undecided): string {
  if (isWhyNot(because)) return cannotDecide[because].say;
  if (because === "unreachable") return "The server cannot be reached.";
  if (because === "unexpected") return "Something went wrong on our side.";
  if (because === "unknown_outcome") return "We could not find out what became of this scan.";
  return because === "busy" ? "Somebody is just using this." : failures[because].say;
}

/** What to do about it. */
export const whatNext = (because: Undecided): string =>
  isWhyNot(because) ? cannotDecide[because].next : "Nothing is lost: try again.";

const isWhyNot = (because: Undecided): because is WhyNot => because in cannotDecide;
