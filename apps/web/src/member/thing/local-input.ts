const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A moment as a box for date and time wants it: by the viewer's own clock, to the minute. */
export function inputOf(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * MINUTE_MS);
  return local.toISOString().slice(0, 16);
}

/** @returns The moment that was typed; null for what is none. */
export function momentIn(text: string): Date | null {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

/** Where a reservation may begin: at the next full hour, or when the thing should be back. */
export function firstTimes(now: Date, dueAt: string | null, loanMinutes: number): { from: string; until: string } {
  const earliest = Math.max(now.getTime(), dueAt ? Date.parse(dueAt) : 0);
  const from = Math.ceil(earliest / HOUR_MS) * HOUR_MS;
  const until = from + Math.min(loanMinutes, 1_440) * MINUTE_MS;
  return { from: inputOf(new Date(from)), until: inputOf(new Date(until)) };
}
