import type { Mail } from "../people/mails.ts";
import { localTimeOf } from "./local-time.ts";

/** What a letter about a loan can be for, in the order in which they come. */
export const reminderSteps = ["tomorrow", "today", "overdue"] as const;
export type ReminderStep = (typeof reminderSteps)[number];

/** Nobody gets a letter at night, by the clock of the tenant. */
const FIRST_HOUR = 8;
const LAST_HOUR = 20;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Which letter is due about an open loan.
 *
 * @param loan When it went out, and when it is due.
 * @param now The moment.
 * @param timeZone Of the tenant: tomorrow is tomorrow there.
 * @returns The letter that is due now; null for none: at night, days before, and "tomorrow" or "today" of a loan so short that
 *   its holder has not forgotten it yet. A letter that was missed is not made up for by a later one of another step.
 */
export function reminderFor(
  { outAt, dueAt }: { outAt: Date; dueAt: Date },
  now: Date,
  timeZone: string,
): ReminderStep | null {
  const here = localTimeOf(now, timeZone);
  if (here.minute < FIRST_HOUR * 60 || here.minute >= LAST_HOUR * 60) return null;
  if (now > dueAt) return "overdue";
  const length = dueAt.getTime() - outAt.getTime();
  if (isSameDay(dueAt, now, timeZone)) return length > DAY_MS ? "today" : null;
  const isTomorrow = isSameDay(dueAt, new Date(now.getTime() + DAY_MS), timeZone);
  return isTomorrow && length > 2 * DAY_MS ? "tomorrow" : null;
}

function isSameDay(one: Date, other: Date, timeZone: string): boolean {
  const [a, b] = [localTimeOf(one, timeZone), localTimeOf(other, timeZone)];
  return a.year === b.year && a.month === b.month && a.day === b.day;
}

/** What a letter about a loan says. */
export interface LoanReminder {
  to: string;
  name: string;
  tenant: string;
  resource: string;
  step: ReminderStep;
  dueAt: Date;
  timeZone: string;
}

/**
 * @param reminder About what, and for whom.
 * @param link Where the loan can be renewed.
 * @returns The letter.
 */
export function reminderMail({ to, name, tenant, resource, step, dueAt, timeZone }: LoanReminder, link: string): Mail {
  const style = {
    timeZone,
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  } as const;
  const due = new Intl.DateTimeFormat("en-GB", style).format(dueAt);
  const words: Record<ReminderStep, readonly [subject: string, what: string]> = {
    tomorrow: [`${resource} is due tomorrow`, `is due back tomorrow: ${due}`],
    today: [`${resource} is due today`, `is due back today: ${due}`],
    overdue: [`${resource} is overdue`, `was due back: ${due}. Please bring it back`],
  };
  const [subject, what] = words[step];
  const text = `Hello ${name},\n\n${resource} of ${tenant} ${what}.\n\nYou can see your loans here, and ask for more time where there is some:\n\n${link}\n`;
  return { to, subject: subject.replace(/\s+/g, " "), text };
}
