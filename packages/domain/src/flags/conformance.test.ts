import { describe, expect, it } from "vitest";
import { murmur3 } from "./murmur3.ts";
import flagd from "./vectors/flagd.json" with { type: "json" };
import growthbook from "./vectors/growthbook.json" with { type: "json" };
import unleash from "./vectors/unleash.json" with { type: "json" };

// Facts of the public tests of others; each file names its source. Our murmur3 must give what theirs gives. GrowthBook's hash
// is none of ours: it is written here, so that who moves flags from there can trust these facts.

describe("Unleash", () => {
  const placeOf = (groupId: string, id: string) => (murmur3(`${groupId}:${id}`) % 100) + 1;

  it.each(unleash.values.facts)("puts $id of group $groupId at $value", ({ groupId, id, value }) => {
    expect(placeOf(groupId, id)).toBe(value);
  });

  it.each(unleash.shares.facts)("says $isOn for $id of group $groupId at $share %", ({ groupId, id, share, isOn }) => {
    expect(placeOf(groupId, id) <= share).toBe(isOn);
  });
});

describe("flagd", () => {
  function partOf(text: string, weights: readonly number[]): number {
    const sum = weights.reduce((all, weight) => all + weight);
    let left = Number((BigInt(murmur3(text)) * BigInt(sum)) >> 32n);
    return weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
  }

  it.each(flagd.hashes)("hashes $text to $hash", ({ text, hash }) => expect(murmur3(text)).toBe(hash));

  it.each(flagd.parts)("puts $text of $weights into part $part", ({ text, weights, part }) => {
    expect(partOf(text, weights)).toBe(part);
  });
});

describe("GrowthBook", () => {
  function fnv1a(text: string): number {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
    return hash >>> 0;
  }
  const hashes: Record<number, (seed: string, value: string) => number> = {
    1: (seed, value) => (fnv1a(value + seed) % 1_000) / 1_000,
    2: (seed, value) => (fnv1a(String(fnv1a(seed + value))) % 10_000) / 10_000,
  };

  it.each(growthbook.facts)("hashes $value with seed $seed, version $version, to $hash", (fact) => {
    expect(hashes[fact.version]?.(fact.seed, fact.value)).toBe(fact.hash);
  });
});
