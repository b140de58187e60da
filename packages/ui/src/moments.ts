import type { Instant, Speech } from "@tessera/contracts";

const DAY_MS = 86_400_000;

/**
 * A moment as short as it stays clear, read from now: "14:00" today, "Tue 14:00" within six days, "3 Dec 14:00" beyond.
 */
export function shortMoment(instant: Instant, { locale, timeZone, now }: Speech): string {
  const zone = timeZone ? { timeZone } : {};
  const moment = new Date(instant);
  const write = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...zone, ...options }).format(moment);

  const time = write({ hour: "2-digit", minute: "2-digit" });
  const day = new Intl.DateTimeFormat(locale, { ...zone, dateStyle: "short" });
  if (day.format(moment) === day.format(now)) return time;

  const isNear = Math.abs(moment.getTime() - now.getTime()) < 6 * DAY_MS;
  return isNear ? `${write({ weekday: "short" })} ${time}` : `${write({ day: "numeric", month: "short" })} ${time}`;
}

/** How long ago something was: "now", "40 sec. ago", "3 min. ago", "2 hr. ago". */
export function age(since: Date, { locale, now }: Speech): string {
  const seconds = Math.max(0, Math.round((now.getTime() - since.getTime()) / 1000));
  const ago = new Intl.RelativeTimeFormat(locale, { style: "short", numeric: "auto" });
  if (seconds < 60) return ago.format(-seconds, "second");
  if (seconds < 3600) return ago.format(-Math.floor(seconds / 60), "minute");
  if (seconds < 86_400) return ago.format(-Math.floor(seconds / 3600), "hour");
  return ago.format(-Math.floor(seconds / 86_400), "day");
}

/** Seconds as a clock shows them: 581 is "9:41". */
export const clockText = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
