import { thingLimits } from "@tessera/contracts";

const MINUTES = { min: 1, h: 60, d: 1_440 } as const;
type Unit = keyof typeof MINUTES;

const WRITTEN = /^(\d{1,6})\s*(m|min|minutes?|h|hours?|d|days?)$/i;

/**
 * Reads the length of a loan as people write it: "30 min", "4 h", "7 days".
 *
 * @returns Minutes; null for what is none, or more than a year.
 */
export function minutesOf(text: string): number | null {
  const [, number = "", unit = ""] = WRITTEN.exec(text.trim()) ?? [];
  const minutes = Number(number) * (MINUTES[unitOf(unit)] ?? 0);
  return minutes >= 1 && minutes <= thingLimits.loanMinutes ? minutes : null;
}

const unitOf = (word: string): Unit => {
  const [letter] = word.toLowerCase();
  return letter === "h" || letter === "d" ? letter : "min";
};

/** @returns The length of a loan in the largest unit that says it wholly; `minutesOf` reads it back. */
export function loanText(minutes: number): string {
  const unit = (["d", "h"] as const).find((one) => minutes % MINUTES[one] === 0) ?? "min";
  return `${minutes / MINUTES[unit]} ${unit}`;
}
