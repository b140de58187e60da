/** A time as people write it down. */
export interface Duration {
  amount: string;
  unit: DurationUnit;
}

export const durationUnits = ["minutes", "hours", "days"] as const;
export type DurationUnit = (typeof durationUnits)[number];

const MINUTES_IN: Record<DurationUnit, number> = { minutes: 1, hours: 60, days: 1440 };
const ONE: Record<DurationUnit, string> = { minutes: "minute", hours: "hour", days: "day" };

/** Minutes in the largest unit that takes them whole: 1,440 is "1 day", 90 is "90 minutes". */
export function durationOf(minutes: number): Duration {
  const fits = (unit: DurationUnit) => minutes > 0 && minutes % MINUTES_IN[unit] === 0;
  const unit = fits("days") ? "days" : fits("hours") ? "hours" : "minutes";
  return { amount: String(minutes / MINUTES_IN[unit]), unit };
}

/** @returns null for what is no time. */
export function minutesOf({ amount, unit }: Duration): number | null {
  const text = amount.trim().replace(",", ".");
  const number = Number(text);
  return text === "" || !Number.isFinite(number) || number < 0 ? null : number * MINUTES_IN[unit];
}

export function durationText(minutes: number): string {
  const { amount, unit } = durationOf(minutes);
  return `${amount} ${amount === "1" ? ONE[unit] : unit}`;
}
