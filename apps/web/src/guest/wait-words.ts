import type { WaitingTime } from "@tessera/contracts";
import { words } from "./words.ts";

const MINUTE = 60;
const HOUR = 3_600;

/** Seconds as people say them, never less than they are: "4 min", "2 hours". */
export function roughly(seconds: number): string {
  const minutes = Math.max(1, Math.ceil(seconds / MINUTE));
  return minutes < 90 ? words.minutes(minutes) : words.hours(Math.ceil(seconds / HOUR));
}

/** @returns How long half of such requests took here, and most; or that there were too few to say. */
export const waitWords = (wait: WaitingTime | null): string =>
  wait ? words.wait(roughly(wait.medianSeconds), roughly(wait.p90Seconds)) : words.waitUnknown;
