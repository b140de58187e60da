import type { Checkout, Purpose, Refusal, Resource } from "@tessera/contracts";
import { loanOf } from "../loan-words.ts";

/** What is known live about a code on show. What has not been heard yet is undefined, and stands in nobody's way. */
export interface LiveFacts {
  purpose: Purpose;
  thing: Resource | null | undefined;
  codesAreOn: boolean | undefined;
  loans: readonly Checkout[] | undefined;
  /** Whether my loans were read after the thing was heard to be out. Until then it may be out to me. */
  loansAreSince: boolean;
}

/** Whether the thing is out while I am here to take it. */
export const isTakenAway = ({ purpose, thing }: Pick<LiveFacts, "purpose" | "thing">): boolean =>
  purpose === "check_out" && thing?.availability.state === "out";

/** Whether a desk would take a code now, as far as the news go. */
export const isOpen = (facts: Pick<LiveFacts, "purpose" | "thing" | "codesAreOn">): boolean =>
  facts.codesAreOn !== false && !isTakenAway(facts);

/**
 * Why a code that looks good would be refused at a desk, from the news alone. The news that a thing is out comes before
 * the news of who took it, so nobody hears "out" before it is certain that it did not go out to them.
 */
export function obstacleOf(facts: LiveFacts): Refusal | null {
  const { thing, codesAreOn, loans, loansAreSince } = facts;
  if (codesAreOn === false) return { reason: "disabled" };
  if (!thing || !isTakenAway(facts) || !loansAreSince || loanOf(loans, thing.id)) return null;
  const evidence = { resource: thing.name, holder: null, dueAt: thing.availability.dueAt };
  return { reason: "resource_unavailable", evidence };
}
