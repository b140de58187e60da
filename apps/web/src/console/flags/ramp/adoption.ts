import type { CohortMember } from "@tessera/contracts/flags";

export interface Adoption {
  inside: number;
  used: number;
  /** 0 to 100. */
  percent: number;
  isReached: boolean;
}

/** Percent of those who are in. */
export const ADOPTION_GOAL = 80;

/** Of those whom the flag is on for, how many have used what it is for. Who is not in yet could not. */
export function adoptionOf(cohort: readonly CohortMember[]): Adoption {
  const inside = cohort.filter(({ isIn }) => isIn);
  const used = inside.filter(({ usedAt }) => usedAt !== null).length;
  const percent = inside.length === 0 ? 0 : (used / inside.length) * 100;
  return { inside: inside.length, used, percent, isReached: inside.length > 0 && percent >= ADOPTION_GOAL };
}
