import type { KeyState } from "@tessera/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type KeyChange, missingFrom, revocationPlan, rotationPlan } from "./key-ring.ts";
import { mayVerify } from "./signing-key.ts";
import { NOON } from "./testing.ts";

const HOUR = 3_600_000;
const hours = (count: number) => new Date(NOON.getTime() + count * HOUR);
const key = (keyId: number, state: KeyState, since = NOON) => ({ keyId, state, since });
type Key = ReturnType<typeof key>;

/** Writes changes as the database would: each must find what it expects. */
function written(ring: readonly Key[], changes: readonly KeyChange[], at: Date): Key[] {
  return changes.reduce<Key[]>(
    (keys, { keyId, from, to }) => {
      const state = keys.find((known) => known.keyId === keyId)?.state;
      expect(from === null ? (state ?? "retired") : state).toBe(from ?? "retired");
      const others = keys.filter((known) => known.keyId !== keyId);
      const active = others.filter((known) => known.state === "active" && to === "active");
      expect(active, "two keys that sign").toEqual([]);
      return [...others, key(keyId, to, at)];
    },
    [...ring],
  );
}

const changesOf = (plan: { kind: string; changes?: KeyChange[] }) =>
  plan.kind === "change" ? (plan.changes ?? []) : [];

describe("a ring of keys", () => {
  it("begins with a key that signs and one that everybody may learn", () => {
    expect(missingFrom([], NOON)).toEqual([
      { keyId: 0, from: null, to: "active" },
      { keyId: 1, from: null, to: "next" },
    ]);
  });

  it("lacks nothing then", () => {
    expect(missingFrom([key(0, "active"), key(1, "next")], hours(1_000))).toEqual([]);
  });

  it("retires what has been retiring for 36 hours", () => {
    const ring = [key(0, "retiring"), key(1, "active"), key(2, "next")];
    expect(missingFrom(ring, hours(35))).toEqual([]);
    expect(missingFrom(ring, hours(36))).toEqual([{ keyId: 0, from: "retiring", to: "retired" }]);
  });

  it("is mended when an operator revoked the key that signs", () => {
    expect(missingFrom([key(0, "revoked"), key(1, "next")], NOON)).toEqual([
      { keyId: 1, from: "next", to: "active" },
      { keyId: 2, from: null, to: "next" },
    ]);
  });
});

describe("a rotation", () => {
  const ring = [key(0, "active"), key(1, "next")];

  it("lets the next key sign and makes one to follow it", () => {
    expect(rotationPlan(ring, { from: 0 }, hours(24))).toEqual({
      kind: "change",
      changes: [
        { keyId: 0, from: "active", to: "retiring" },
        { keyId: 1, from: "next", to: "active" },
        { keyId: 2, from: null, to: "next" },
      ],
    });
  });

  it("waits until every kiosk had a day to learn the next key", () => {
    const tooEarly = new Date(hours(24).getTime() - 1);
    expect(rotationPlan(ring, { from: 0 }, tooEarly)).toEqual({
      kind: "left_alone",
      reason: "too_early",
      readyAt: hours(24),
    });
    expect(rotationPlan(ring, { from: 0, forced: true }, tooEarly)).toMatchObject({ kind: "change" });
  });

  it.each([1, 2])("away from key %i, which does not sign, is left alone", (from) => {
    expect(rotationPlan(ring, { from, forced: true }, hours(24))).toEqual({ kind: "left_alone", reason: "not_active" });
  });

  it("takes up the number of the key that retired first when all 256 were used, never that of a revoked one", () => {
    const states = (keyId: number): KeyState => (keyId === 7 ? "revoked" : "retired");
    const old = Array.from({ length: 254 }, (_, keyId) => key(keyId, states(keyId), hours(keyId === 9 ? -2 : -1)));
    const full = [...old, key(254, "active"), key(255, "next")];
    expect(changesOf(rotationPlan(full, { from: 254 }, hours(24))).at(-1)).toEqual({
      keyId: 9,
      from: null,
      to: "next",
    });
  });

  it("fails aloud when each number is in use or revoked", () => {
    const full = Array.from({ length: 254 }, (_, keyId) => key(keyId, "revoked"));
    const plan = () => rotationPlan([...full, key(254, "active"), key(255, "next")], { from: 254 }, hours(24));
    expect(plan).toThrow("256");
  });
});

describe("a revocation", () => {
  it("of the key that signs puts the next one in its place at once", () => {
    expect(changesOf(revocationPlan([key(0, "active"), key(1, "next")], 0, NOON))).toEqual([
      { keyId: 0, from: "active", to: "revoked" },
      { keyId: 1, from: "next", to: "active" },
      { keyId: 2, from: null, to: "next" },
    ]);
  });

  it("of the next key makes another", () => {
    expect(changesOf(revocationPlan([key(0, "active"), key(1, "next")], 1, NOON))).toEqual([
      { keyId: 1, from: "next", to: "revoked" },
      { keyId: 2, from: null, to: "next" },
    ]);
  });

  it.each([
    [5, "not_found"],
    [6, "retired"],
    [7, "revoked"],
  ])("of key %i changes nothing: %s", (keyId, reason) => {
    const ring = [key(0, "active"), key(1, "next"), key(6, "retired"), key(7, "revoked")];
    expect(revocationPlan(ring, keyId, NOON)).toEqual({ kind: "left_alone", reason });
  });
});

describe("a whole life of rotations and revocations", () => {
  const deed = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant("rotate" as const), forced: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("revoke" as const), which: fc.nat(20) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant("wait" as const), hours: fc.integer({ min: 1, max: 40 }) }) },
  );

  it("always has one key that signs and one known ahead; no signature dies early, no revoked key comes back", () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 200, size: "max" }), (deeds) => {
        let at = NOON;
        let ring = written([], missingFrom([], at), at);
        const stoppedSigning = new Map<number, Date>();
        const revoked = new Set<number>();

        for (const step of deeds) {
          const active = ring.find(({ state }) => state === "active")?.keyId ?? -1;
          if (step.do === "wait") at = new Date(at.getTime() + step.hours * HOUR);
          if (step.do === "rotate") {
            const changes = changesOf(rotationPlan(ring, { from: active, forced: step.forced }, at));
            if (changes.length > 0) stoppedSigning.set(active, at);
            ring = written(ring, changes, at);
          }
          if (step.do === "revoke") {
            const changes = changesOf(revocationPlan(ring, step.which, at));
            if (changes.length > 0) revoked.add(step.which);
            ring = written(ring, changes, at);
          }

          const died = ring.filter(({ keyId, state, since }) => {
            const stopped = stoppedSigning.get(keyId);
            const isInGrace = stopped && at.getTime() < stopped.getTime() + 36 * HOUR;
            return isInGrace && !revoked.has(keyId) && !mayVerify({ state, since }, at);
          });
          const cameBack = ring.filter(({ keyId, state }) => revoked.has(keyId) && state !== "revoked");
          const standing = ring.map(({ state }) => state).filter((state) => state === "active" || state === "next");
          expect({ died, cameBack, standing: standing.sort() }).toEqual({
            died: [],
            cameBack: [],
            standing: ["active", "next"],
          });
        }
      }),
      { numRuns: 60 },
    );
  });
});
