import { murmur3After } from "./murmur3.ts";

/** A bucket is a thousandth of a percent. */
export const BUCKETS = 100_000;

/** @returns The bucket of a 32-bit hash: its place on a line of 100,000, so that no bucket is larger than another by more than one hash in 40,000. */
export const bucketOfHash = (hash: number): number => Math.floor((hash / 2 ** 32) * BUCKETS);

/**
 * The scheme `mm3-shift-1`: murmur3 of salt, colon and id, and its place on a line of 100,000. Who is in at some share is
 * in at every larger one; two salts know nothing of each other.
 *
 * @param salt Of the flag.
 * @returns An id to its bucket, 0 to 99,999.
 */
export function bucketsOf(salt: string): (id: string) => number {
  const hash = murmur3After(`${salt}:`);
  return (id) => bucketOfHash(hash(id));
}

/** @returns The first bucket that is out at a percentage: 10 for 0.01 %. */
export const edgeOf = (percentage: number): number => Math.round(percentage * (BUCKETS / 100));
