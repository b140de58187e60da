/** A text that is not ours, seen by the camera from one moment to another. */
export interface ForeignSight {
  text: string;
  since: number;
  lastAt: number;
}

const GONE_MS = 1_500;
const INSISTS_MS = 3_000;

/** The sight after a foreign text was seen. Another text, or the same after a break, starts anew. */
export function sightAfter(before: ForeignSight | null, text: string, at: number): ForeignSight {
  const isSame = before?.text === text && at - before.lastAt <= GONE_MS;
  return { text, since: isSame ? before.since : at, lastAt: at };
}

/** Long enough that somebody waits for an answer, and was not only passing by with a parcel. */
export const insists = ({ since, lastAt }: ForeignSight): boolean => lastAt - since >= INSISTS_MS;
