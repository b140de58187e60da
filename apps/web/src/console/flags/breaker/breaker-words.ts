import type { Speech } from "@tessera/contracts";
import type { Breaker } from "@tessera/contracts/flags";
import { shortMoment } from "@tessera/ui";

/** How a breaker stands, in one sentence. */
export function breakerText({ now, limits }: Pick<Breaker, "now" | "limits">, speech: Speech): string {
  if (now.state === "open") {
    return `The breaker tripped at ${shortMoment(now.since, speech)}: the flag is off for everybody.`;
  }
  if (now.state === "half_open") {
    return `A new try runs since ${shortMoment(now.since, speech)}: on for ${now.share} % of those it was on for.`;
  }
  return limits.isArmed ? "The breaker watches, and the flag is on for whom it is set." : "The breaker is not armed.";
}

/** Of when the calls are that a breaker counts. */
export function countedSince({ now, limits }: Pick<Breaker, "now" | "limits">, speech: Speech): string {
  if (now.state === "half_open") return `since the share of ${now.share} % began at ${shortMoment(now.since, speech)}`;
  return `in the last ${limits.windowMinutes} minutes`;
}

/** Whether a new try may begin now; when it may, if not. null: there is nothing to try. */
export function retryAt({ now, retryFrom }: Pick<Breaker, "now" | "retryFrom">, speech: Speech) {
  if (now.state !== "open" || retryFrom === null) return null;
  return new Date(retryFrom) <= speech.now ? { isOpen: true as const } : { isOpen: false as const, from: retryFrom };
}
