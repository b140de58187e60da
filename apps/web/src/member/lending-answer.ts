import { type LendingRefusal, lendingWords, type Speech } from "@tessera/contracts";
import { failureWords } from "../common/failure-words.ts";

/** @returns Why something about a loan was not done, in words; null when it was. */
export async function notDoneBecause(
  act: Promise<{ kind: string; refusal?: LendingRefusal }>,
  speech: Speech,
): Promise<string | null> {
  try {
    const { refusal } = await act;
    if (!refusal) return null;
    const { say, next } = lendingWords(refusal, speech);
    return `${say} ${next}`;
  } catch (error) {
    return failureWords(error as Error);
  }
}
