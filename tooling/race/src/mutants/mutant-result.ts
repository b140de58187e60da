import type { Violation } from "../checkers/violation.ts";
import type { Mutant } from "./mutant.ts";

/** What became of one mutant. */
export interface MutantResult {
  id: string;
  says: string;
  runsUnder: string;
  caughtBy: string;
  /** The sentence with which it was named; null when it survived. */
  sentence: string | null;
  /** What was said where nothing should be: of the product under the fault, or of the mutant without it. */
  falseAlarms: string[];
}

/** The three things that must be so of a mutant. */
export interface Tried {
  /** The product as it is, under the fault. */
  product: readonly Violation[];
  /** The mutant when nothing goes wrong. */
  calm: readonly Violation[];
  /** The mutant under the fault. */
  faulted: readonly Violation[];
}

export function resultOf({ id, says, runsUnder, caughtBy }: Mutant, { product, calm, faulted }: Tried): MutantResult {
  const told = (where: string) => (violation: Violation) => `${where}: ${violation.checker}: ${violation.says}`;
  return {
    id,
    says,
    runsUnder,
    caughtBy,
    sentence: faulted.find(({ checker }) => checker === caughtBy)?.says ?? null,
    falseAlarms: [
      ...product.map(told("the product under the fault")),
      ...calm.map(told("the mutant without the fault")),
    ],
  };
}

/** @returns Whether it was caught where it shows, and passed for the product where it does not. */
export const isDead = ({ sentence, falseAlarms }: MutantResult): boolean =>
  sentence !== null && falseAlarms.length === 0;
