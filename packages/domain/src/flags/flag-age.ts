import type { FlagAge } from "@tessera/contracts/flags";

/**
 * A flag at a desk that has not heard of it for some time.
 *
 * @param flag The last that was heard, and its rule.
 * @param ageMs How long ago, at least; null when nobody can tell, which counts as too long.
 * @returns The last answer while that is young enough; then what the rule says.
 */
export function valueAtAge({ value, age }: { value: boolean; age: FlagAge }, ageMs: number | null): boolean {
  const isYoung = ageMs !== null && ageMs < age.minutes * 60_000;
  return isYoung || age.after === "keep" ? value : false;
}
