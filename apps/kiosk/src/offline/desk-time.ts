import { ageMs, type DeskClock, type Moment } from "./desk-clock.ts";
import type { ManifestRow } from "./rows.ts";

/** How old a desk's knowledge of cancelled and used codes may be when it judges by signature. */
export const SIGNATURES_FOR_MS = 12 * 3_600_000;

/** The time at a desk without a network: the server's, as the manifest told it, and what has gone by since. */
export interface DeskTime {
  at: Date;
  seen: Moment;
  elapsedMs: number;
  /** May it use what it holds ready? */
  isWithinLease: boolean;
  /** May it judge by signature? */
  isWithinSignatures: boolean;
}

/**
 * @param manifest What the desk was told last.
 * @param clock Of the browser.
 * @returns The time; null after a restart, when nobody knows how much has gone by.
 */
export function deskTime(manifest: ManifestRow, clock: DeskClock): DeskTime | null {
  const seen = clock();
  const elapsed = ageMs(manifest, seen);
  if (elapsed === null) return null;
  return {
    at: new Date(Date.parse(manifest.issuedAt) + elapsed),
    seen,
    elapsedMs: elapsed,
    isWithinLease: elapsed < manifest.validForSeconds * 1_000,
    isWithinSignatures: elapsed < SIGNATURES_FOR_MS,
  };
}
