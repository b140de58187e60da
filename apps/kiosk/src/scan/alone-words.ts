import { cannotDecide } from "../offline/cannot-decide.ts";
import type { DeskStory } from "../offline/desk-story.ts";

type Told = Pick<DeskStory, "waiting" | "quarantinedAt" | "stopped" | "held" | "leaseSeconds" | "policy">;

/**
 * What a desk has to say of itself beside its name: what it can do alone, and what still has to be handed in.
 *
 * @param isAlone No news arrive.
 * @returns null while there is nothing to say.
 */
export function aloneWords(story: Told, isAlone: boolean): string | null {
  if (story.quarantinedAt) return `${cannotDecide.quarantined.say} ${cannotDecide.quarantined.next}`;
  const left = story.waiting.length;
  if (!isAlone) return left > 0 ? `Handing in ${scans(left)}…` : null;
  const done = left > 0 ? ` ${scans(left)} to be confirmed.` : "";
  if (story.stopped) return `${cannotDecide[story.stopped].say}${done}`;
  const ready = story.policy === "open" ? "Codes are judged by their signature" : `${codes(story.held)} held ready`;
  return `${ready}${hours(story.leaseSeconds)}.${done}`;
}

const scans = (count: number) => (count === 1 ? "1 scan" : `${count} scans`);
const codes = (count: number) => (count === 1 ? "1 code" : `${count} codes`);

function hours(seconds: number): string {
  if (seconds <= 0) return "";
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? ` for ${minutes} min` : ` for ${Math.floor(minutes / 60)} h`;
}
