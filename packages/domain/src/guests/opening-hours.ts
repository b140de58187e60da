import type { ClockTime, OpeningHours, OpenSpan } from "@tessera/contracts";

/** Whether it is open; closed, when it opens next, if ever. */
export type OpenState = { isOpen: true } | { isOpen: false; opensAt: Date | null };

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;
const OPEN: OpenState = { isOpen: true };

/**
 * @param hours Of a place; null: it never closes.
 * @param at Now.
 * @param timeZone Whose clock the hours go by.
 * @returns Whether it is open. Closed, the moment of the next opening, to the minute. Where clocks are put forward over it, it
 *   opens as many minutes later.
 */
export function openState(hours: OpeningHours | null, at: Date, timeZone: string): OpenState {
  if (!hours) return OPEN;
  const now = minuteOfWeek(at, timeZone);
  const spans = hours.flatMap(spansInWeek);
  if (spans.some(({ from, length }) => since(from, now) < length)) return OPEN;
  const waits = spans.map(({ from }) => since(now, from));
  if (waits.length === 0) return { isOpen: false, opensAt: null };
  return { isOpen: false, opensAt: inMinutes(at, Math.min(...waits), timeZone) };
}

/** From when, in minutes of the week, and for how long. */
function spansInWeek({ days, from, to }: OpenSpan): { from: number; length: number }[] {
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  const length = end > begin ? end - begin : end + DAY_MINUTES - begin;
  return days.map((day) => ({ from: (day - 1) * DAY_MINUTES + begin, length }));
}

const minutesOf = (time: ClockTime): number => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
};

/** Minutes from one moment of the week to the next time it is another. */
const since = (from: number, to: number): number => (to - from + WEEK_MINUTES) % WEEK_MINUTES;

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Minutes since Monday began, by the clock there. */
function minuteOfWeek(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  return WEEKDAYS.indexOf(part("weekday")) * DAY_MINUTES + Number(part("hour")) * 60 + Number(part("minute"));
}

/** The moment at which the clock there has gone on by so many minutes: more or fewer of ours when it is put forward or back. */
function inMinutes(at: Date, minutes: number, timeZone: string): Date {
  const wholeMinute = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
  const guess = new Date(wholeMinute + minutes * MINUTE_MS);
  const target = (minuteOfWeek(at, timeZone) + minutes) % WEEK_MINUTES;
  const off = since(minuteOfWeek(guess, timeZone), target);
  const shift = off > WEEK_MINUTES / 2 ? off - WEEK_MINUTES : off;
  return new Date(guess.getTime() + shift * MINUTE_MS);
}
