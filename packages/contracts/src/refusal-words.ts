import type { Instant } from "./ids.ts";
import { type Refusal, refusals } from "./refusals.ts";

/** How a screen writes moments: the viewer's language and clock. */
export interface Speech {
  locale: string;
  /** IANA zone; the viewer's own when left out. */
  timeZone?: string;
  /** The moment the words are read, so that "today" can be left out. */
  now: Date;
}

/**
 * The words of one refusal, with its evidence, for a person.
 *
 * @param refusal The refusal and its facts.
 * @param speech The reader's language, zone and now.
 * @returns `say`: what is the matter, one sentence. `next`: what to do, one sentence.
 */
export function refusalWords(refusal: Refusal, speech: Speech): { say: string; next: string } {
  const { say, next } = refusals[refusal.reason];
  switch (refusal.reason) {
    case "already_redeemed": {
      const { at, desk, holder, resource } = refusal.evidence;
      const where = desk ? ` at ${desk}` : "";
      return { say: `Used by ${holder} ${when(at, speech)}${where}, for ${resource}.`, next };
    }
    case "revoked": {
      const { at, by } = refusal.evidence;
      return { say: `Cancelled ${when(at, speech)}${by ? ` by ${by}` : ""}.`, next };
    }
    case "not_yet_valid":
      return { say: `This code opens ${when(refusal.evidence.validFrom, speech)}.`, next };
    case "expired":
      return { say: `This code expired ${when(refusal.evidence.expiredAt, speech)}.`, next };
    case "resource_unavailable": {
      const { resource, holder, dueAt } = refusal.evidence;
      if (!dueAt) return { say: `${resource} is not available right now.`, next };
      return { say: `${resource} is out${holder ? ` to ${holder}` : ""}, due ${when(dueAt, speech)}.`, next };
    }
    case "queue_ahead": {
      const { resource, until, place } = refusal.evidence;
      const say = `${resource} is kept for somebody else until ${when(until, speech).replace(/^(at|on) /, "")}.`;
      return place === null
        ? { say, next }
        : { say, next: `You are number ${place} in its queue. Wait for your turn.` };
    }
    case "limit_reached": {
      const { limit } = refusal.evidence;
      if (limit === 0) return { say: "This is not lent to you.", next: "Ask the staff." };
      return {
        say: `${limit === 1 ? "One thing" : `${limit} things`} at once is as much as one person may have.`,
        next,
      };
    }
    case "withdrawn":
      return { say: `This scan was taken back ${when(refusal.evidence.at, speech)}.`, next };
    case "held_offline": {
      const { desk, until } = refusal.evidence;
      return { say: `This code is kept for ${desk ?? "another desk"} until ${clock(until, speech)}.`, next };
    }
    case "not_checked_out":
      return { say: `${refusal.evidence.resource} is not checked out.`, next };
    default:
      return { say, next };
  }
}

/**
 * A moment as people say it: the time alone today, with the day otherwise.
 *
 * @param instant The moment.
 * @param speech The reader's language, zone and now.
 * @returns For example "at 14:02" or "on Tue 24 Nov, 14:02".
 */
export function when(instant: Instant, speech: Speech): string {
  const { locale, now } = speech;
  const zone = zoneOf(speech);
  const moment = new Date(instant);
  const day = new Intl.DateTimeFormat(locale, { ...zone, dateStyle: "short" });
  const time = clock(instant, speech);
  if (day.format(moment) === day.format(now)) return `at ${time}`;
  const date = new Intl.DateTimeFormat(locale, { ...zone, weekday: "short", day: "numeric", month: "short" });
  return `on ${date.format(moment)}, ${time}`;
}

const zoneOf = ({ timeZone }: Speech) => (timeZone ? { timeZone } : {});

const clock = (instant: Instant, speech: Speech): string =>
  new Intl.DateTimeFormat(speech.locale, { ...zoneOf(speech), hour: "2-digit", minute: "2-digit" }).format(
    new Date(instant),
  );
