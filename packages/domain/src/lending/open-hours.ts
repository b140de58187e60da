import type { OpenHours } from "@tessera/contracts";
import { localTimeOf, momentOf } from "./local-time.ts";

const DAYS = 7;

/**
 * Nobody can bring a thing back to a closed door: a due moment outside the hours moves to the end of the next ones.
 *
 * @param due When the thing would be due.
 * @param hours Of the tenant, in any order; none: always open.
 * @param timeZone Of the tenant (IANA): nine o'clock is nine o'clock there, in summer and in winter.
 * @returns The same moment when somebody is there then (closing time counts), else a later one.
 */
export function withinHours(due: Date, hours: readonly OpenHours[], timeZone: string): Date {
  if (hours.length === 0) return due;
  const local = localTimeOf(due, timeZone);
  for (let ahead = 0; ahead <= DAYS; ahead++) {
    const weekday = ((local.weekday - 1 + ahead) % DAYS) + 1;
    const minute = ahead === 0 ? local.minute : 0;
    const next = hours
      .filter(({ day, to }) => day === weekday && minuteOf(to) >= minute)
      .toSorted((one, other) => minuteOf(one.from) - minuteOf(other.from))[0];
    if (!next) continue;
    if (ahead === 0 && minuteOf(next.from) <= minute) return due;
    return momentOf({ ...local, day: local.day + ahead, minute: minuteOf(next.to) }, timeZone);
  }
  return due;
}

function minuteOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
}
