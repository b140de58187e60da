import type { Availability, Speech } from "@tessera/contracts";
import { shortMoment } from "./moments.ts";

/** Whether a thing can be taken, in a few words: "Free now", "Out until Tue 14:00". */
export function availabilityWords({ state, dueAt }: Pick<Availability, "state" | "dueAt">, speech: Speech): string {
  if (state === "free") return "Free now";
  if (state === "held") return dueAt ? `Kept for somebody until ${shortMoment(dueAt, speech)}` : "Kept for somebody";
  if (!dueAt) return "Out at the moment";
  const moment = shortMoment(dueAt, speech);
  return new Date(dueAt) < speech.now ? `Out, was due ${moment}` : `Out until ${moment}`;
}
