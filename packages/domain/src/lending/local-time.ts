/** A day by the calendar and a minute of it, as a clock on the wall of a zone shows them. */
export interface LocalTime {
  year: number;
  month: number;
  day: number;
  /** Of the week: 1 is Monday. */
  weekday: number;
  /** Since midnight by the clock: 0 to 1439. */
  minute: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone);
  if (known) return known;
  const numeric = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
  const made = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", { ...numeric, timeZone, hourCycle: "h23" });
  FORMATS.set(timeZone, made);
  return made;
}

/** What the clock shows, as if it were UTC: makes moments of one zone comparable. */
function shownAsUtc(moment: Date, timeZone: string): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
}

/** @returns What the clock and the calendar of a zone (IANA) show at a moment. */
export function localTimeOf(moment: Date, timeZone: string): LocalTime {
  const shown = new Date(shownAsUtc(moment, timeZone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    weekday: shown.getUTCDay() || 7,
    minute: shown.getUTCHours() * 60 + shown.getUTCMinutes(),
  };
}

/**
 * The moment at which the clock of a zone shows this. An hour that the clock shows twice means the first; one that it
 * leaves out means as long after midnight as if it did not, so it is never lost.
 *
 * @param local `day` may lie beyond the end of the month, `minute` may be 1440: the end of the day.
 * @param timeZone IANA.
 */
export function momentOf({ year, month, day, minute }: Omit<LocalTime, "weekday">, timeZone: string): Date {
  const wanted = Date.UTC(year, month - 1, day, 0, minute);
  const offsetAt = (moment: number) => shownAsUtc(new Date(moment), timeZone) - moment;
  const before = offsetAt(wanted - DAY_MS);
  const after = offsetAt(wanted + DAY_MS);
  const first = wanted - Math.max(before, after);
  for (const moment of [first, wanted - Math.min(before, after)]) {
    if (Math.abs(offsetAt(moment) + moment - wanted) < MINUTE_MS) return new Date(moment);
  }
  return new Date(wanted - before);
}
