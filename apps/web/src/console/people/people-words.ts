import { type PeopleOutcome, peopleRefusals } from "@tessera/contracts";
import { failureWords } from "../../common/failure-words.ts";

type Outcome = PeopleOutcome | { kind: "invited" };

/** @returns Why something was not done, in words; null when it was. */
export async function refusedBecause(act: Promise<Outcome>): Promise<string | null> {
  try {
    const outcome = await act;
    if (outcome.kind !== "refused") return null;
    const { say, next } = peopleRefusals[outcome.because];
    return `${say} ${next}`;
  } catch (error) {
    return failureWords(error as Error);
  }
}
