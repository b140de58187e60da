import type { FlagReach } from "@tessera/contracts/flags";
import { counted } from "./counted.ts";

const milliseconds = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`);

/** How fast changes get everywhere, in one sentence. */
export function reachWords({ processes: { all, reached }, p99Ms, seen }: FlagReach): string {
  if (reached < all)
    return `The newest change has reached ${reached} of ${counted(all, "process", "processes")} so far.`;
  const whom = all === 1 ? "the one process there is" : `all ${all} processes`;
  if (p99Ms === null) return `The newest change has reached ${whom}. How fast changes are was not measured yet.`;
  const speed = seen < 100 ? `each within ${milliseconds(p99Ms)}` : `99 of 100 within ${milliseconds(p99Ms)}`;
  return `Changes reach ${whom}, ${speed}.`;
}
