import { z } from "zod";

/** "07:30": hours and minutes of a day, as a clock on the wall shows them. */
export type ClockTime = string;
const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** A part of the week. One that ends no later than it begins goes on past midnight. */
export interface OpenSpan {
  /** 1 Monday to 7 Sunday: the days it begins on. */
  days: number[];
  from: ClockTime;
  to: ClockTime;
}

/** When a place is open, by the clock of its tenant. An empty list: never. */
export type OpeningHours = OpenSpan[];
const MOST_SPANS = 20;
export const OpeningHours: z.ZodType<OpeningHours, OpeningHours> = z
  .array(z.strictObject({ days: z.array(z.int().min(1).max(7)).min(1).max(7), from: ClockTime, to: ClockTime }))
  .max(MOST_SPANS);
