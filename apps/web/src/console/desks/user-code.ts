import { USER_CODE_LETTERS } from "@tessera/contracts";

const LENGTH = 8;

/** @returns The letters that were typed or are in an address, as they are shown: XXXX-XXXX. What cannot be in a code is left out. */
export function spelled(typed: string): string {
  const letters = [...typed.toUpperCase()].filter((letter) => USER_CODE_LETTERS.includes(letter)).slice(0, LENGTH);
  const half = LENGTH / 2;
  return letters.length > half
    ? `${letters.slice(0, half).join("")}-${letters.slice(half).join("")}`
    : letters.join("");
}

export const isWhole = (code: string): boolean => code.replace("-", "").length === LENGTH;
