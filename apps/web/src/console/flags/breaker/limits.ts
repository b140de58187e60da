import type { BreakerLimits } from "@tessera/contracts/flags";

export type LimitName = Exclude<keyof BreakerLimits, "isArmed">;

/** The limits as they are typed. */
export type LimitsText = Record<LimitName, string> & { isArmed: boolean };

/** What the contract takes of each. */
export const ranges: Record<LimitName, { from: number; to: number; isWhole: boolean }> = {
  errorShare: { from: 0, to: 100, isWhole: false },
  windowMinutes: { from: 0.1, to: 60, isWhole: false },
  minCalls: { from: 0, to: 1_000_000, isWhole: true },
  securityAlerts: { from: 0, to: 1_000_000, isWhole: true },
  poolExhausted: { from: 0, to: 1_000_000, isWhole: true },
  socketCrashes: { from: 0, to: 1_000_000, isWhole: true },
  coolDownMinutes: { from: 0, to: 10_080, isWhole: false },
  retryCalls: { from: 1, to: 100_000, isWhole: true },
};

/** @returns null for what cannot be this limit. */
export function limitIn(name: LimitName, text: string): number | null {
  const { from, to, isWhole } = ranges[name];
  const plain = text.trim().replace(",", ".");
  const number = Number(plain);
  if (plain === "" || !(number >= from && number <= to)) return null;
  return isWhole && !Number.isInteger(number) ? null : number;
}

const names = Object.keys(ranges) as LimitName[];

export const limitsText = (limits: BreakerLimits): LimitsText => ({
  isArmed: limits.isArmed,
  ...(Object.fromEntries(names.map((name) => [name, String(limits[name])])) as Record<LimitName, string>),
});

/** @returns The limits that were typed; what cannot be one stays as it was. */
export const limitsIn = (text: LimitsText, was: BreakerLimits): BreakerLimits => ({
  isArmed: text.isArmed,
  ...(Object.fromEntries(names.map((name) => [name, limitIn(name, text[name]) ?? was[name]])) as Record<
    LimitName,
    number
  >),
});
