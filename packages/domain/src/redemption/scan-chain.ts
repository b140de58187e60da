import type { OfflineScan } from "@tessera/contracts";
import { fromBase64url, toBase64url } from "../qr/base64url.ts";

/** The hash before a device's first scan: 32 zero bytes, base64url. */
export const CHAIN_START = toBase64url(new Uint8Array(32));

/** A scan before it is chained. */
export type UnchainedScan = Omit<OfflineScan, "prev" | "hash">;

/**
 * Chains a scan to the one before, so that a device's story can be neither changed nor told twice in two ways.
 *
 * @param prev The hash of the scan before, or `CHAIN_START`.
 * @param scan What happened.
 * @returns The scan with `hash` = SHA-256(prev ‖ its fields joined by a line feed).
 */
export async function chained(prev: string, scan: UnchainedScan): Promise<OfflineScan> {
  const { seq, scanId, offlineId, claimedAt, basis } = scan;
  const story = new TextEncoder().encode([seq, scanId, offlineId, claimedAt, basis].join("\n"));
  const before = fromBase64url(prev);
  const bytes = new Uint8Array(before.length + story.length);
  bytes.set(before);
  bytes.set(story, before.length);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { seq, scanId, offlineId, claimedAt, basis, prev, hash: toBase64url(hash) };
}

/** @returns Whether a scan's hash is that of its own fields. Whether `prev` fits is for who knows the story so far. */
export async function isChained(scan: OfflineScan): Promise<boolean> {
  return (await chained(scan.prev, scan)).hash === scan.hash;
}
