import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUCKETS, bucketOfHash, bucketsOf, edgeOf } from "./bucket.ts";

it.each([
  ["kiosk-v2", "tenant-1", 90_489],
  ["kiosk-v2", "tenant-2", 78_546],
  ["kiosk-v2", "user-42", 33_431],
  ["new-portal", "user-42", 27_968],
  ["new-portal", "a", 48_663],
  ["flag", "zoë", 49_321],
  ["flag", "日本", 78_722],
] as const)("puts under salt %s the id %s into bucket %i, for ever", (salt, id, bucket) => {
  expect(bucketsOf(salt)(id)).toBe(bucket);
});

it.each([
  [0, 0],
  [1, 0],
  [0x7fffffff, 49_999],
  [0x80000000, 50_000],
  [0xffffffff, 99_999],
])("puts the hash %i into bucket %i", (hash, bucket) => expect(bucketOfHash(hash)).toBe(bucket));

it("agrees with whole numbers of any size", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (hash) => {
      expect(bucketOfHash(hash)).toBe(Number((BigInt(hash) * BigInt(BUCKETS)) >> 32n));
    }),
  );
});

it.each([
  [0, 0],
  [0.001, 1],
  [0.01, 10],
  [8.2, 8_200],
  [33.333, 33_333],
  [100, BUCKETS],
])("lets at %d % the buckets below %i in", (percentage, edge) => expect(edgeOf(percentage)).toBe(edge));

describe("of a million ids", () => {
  const COUNT = 1_000_000;
  const [one, other] = [bucketsOf("4be0643f1d98573b"), bucketsOf("97cdec4a9f33120e")];
  const buckets = Uint32Array.from({ length: COUNT }, (_, at) => one(`member-${at}`));
  const others = Uint32Array.from({ length: COUNT }, (_, at) => other(`member-${at}`));
  const shareBelow = (edge: number) => buckets.reduce((sum, bucket) => sum + Number(bucket < edge), 0) / COUNT;

  it.each([0.1, 1, 10, 25, 50, 99.9])("%d % are in at that percentage, within a tenth of a percent", (percentage) => {
    expect(Math.abs(shareBelow(edgeOf(percentage)) * 100 - percentage)).toBeLessThan(0.1);
  });

  it("none is in at nothing, and all are in at everything", () => {
    expect([shareBelow(edgeOf(0)), shareBelow(edgeOf(100))]).toEqual([0, 1]);
  });

  it.each([5, 10, 50])("those in at %d % of one flag are in another's share as often as everybody is", (percentage) => {
    const edge = edgeOf(percentage);
    let [first, both] = [0, 0];
    for (const [at, bucket] of buckets.entries()) {
      if (bucket >= edge) continue;
      first += 1;
      if ((others[at] as number) < edge) both += 1;
    }
    expect(Math.abs((both / first) * 100 - percentage)).toBeLessThan(0.5);
  });
});
