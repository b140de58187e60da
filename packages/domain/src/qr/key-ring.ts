import type { KeyState, MemberId, RevokeKeyOutcome, RotateKey, RotateKeyOutcome } from "@tessera/contracts";
import { maySignFrom, mayVerify, type SigningKey } from "./signing-key.ts";

/** Where a tenant's signing keys are written down. */
export interface KeyBook {
  /** @returns Every key there is, by id. None before the first code is signed. */
  ring(): Promise<SigningKey[]>;
  /** @returns The key that signs. Makes the first one, and mends a ring that an operator left without. */
  ensureActive(): Promise<SigningKey>;
  /**
   * The next key signs from now on, and the old one still verifies for a while. Two rotations away from the same key
   * make one.
   */
  rotate(request: RotateKey, by: MemberId): Promise<RotateKeyOutcome>;
  /** No code that this key has signed is taken any more. If it was the one that signs, the next one takes its place at once. */
  revoke(keyId: number, by: MemberId): Promise<RevokeKeyOutcome>;
}

/** One step in the life of one key. `from: null`: the key is made now, under an id that is free or long retired. */
export interface KeyChange {
  keyId: number;
  from: KeyState | null;
  to: KeyState;
}

type Ring = readonly Pick<SigningKey, "keyId" | "state" | "since">[];

const IDS = 256;

/** What a rotation changes, or why it changes nothing. */
export type RotationPlan =
  | { kind: "change"; changes: KeyChange[] }
  | { kind: "left_alone"; reason: "not_active" }
  | { kind: "left_alone"; reason: "too_early"; readyAt: Date };

/**
 * @param ring All keys of the tenant.
 * @param request `from`: the key that the person saw signing. `forced`: do not wait until kiosks had time to learn the
 *   next key; one that has been away will not know its codes.
 * @param at Now, by the database's clock.
 * @returns The changes in the order in which they must be written; or left alone: another key signs by now, or the next
 *   one is not yet known long enough.
 */
export function rotationPlan(ring: Ring, { from, forced = false }: RotateKey, at: Date): RotationPlan {
  const active = ring.find(({ state }) => state === "active");
  if (active?.keyId !== from) return { kind: "left_alone", reason: "not_active" };

  const next = ring.find(({ state }) => state === "next");
  if (next && !forced && at < maySignFrom(next)) {
    return { kind: "left_alone", reason: "too_early", readyAt: maySignFrom(next) };
  }
  return { kind: "change", changes: changed(ring, { keyId: from, from: "active", to: "retiring" }, at) };
}

/** What a revocation changes, or why it changes nothing. */
export type RevocationPlan =
  | { kind: "change"; changes: KeyChange[] }
  | { kind: "left_alone"; reason: "not_found" | "retired" | "revoked" };

/** @returns The changes that make this key worth nothing; or left alone: it is not there, or worth nothing already. */
export function revocationPlan(ring: Ring, keyId: number, at: Date): RevocationPlan {
  const key = ring.find((known) => known.keyId === keyId);
  if (!key) return { kind: "left_alone", reason: "not_found" };
  if (key.state === "retired" || key.state === "revoked") return { kind: "left_alone", reason: key.state };
  return { kind: "change", changes: changed(ring, { keyId, from: key.state, to: "revoked" }, at) };
}

/**
 * What a ring lacks: one key that signs, one that is known ahead of its time, and none that retires for ever.
 *
 * @param ring All keys of the tenant; none for a tenant that has never signed.
 * @param at Now, by the database's clock.
 * @returns The changes in the order in which they must be written; none for a ring that is whole.
 * @throws Error When every id is taken by a key that still counts.
 */
export function missingFrom(ring: Ring, at: Date): KeyChange[] {
  const changes: KeyChange[] = ring
    .filter((key) => key.state === "retiring" && !mayVerify(key, at))
    .map(({ keyId }) => ({ keyId, from: "retiring", to: "retired" }));
  const taken = new Set<number>();
  const fresh = (to: KeyState): KeyChange => {
    const keyId = freeId(ring, taken);
    taken.add(keyId);
    return { keyId, from: null, to };
  };

  const next = ring.find(({ state }) => state === "next");
  const hasActive = ring.some(({ state }) => state === "active");
  if (!hasActive) changes.push(next ? { keyId: next.keyId, from: "next", to: "active" } : fresh("active"));
  if (!next || !hasActive) changes.push(fresh("next"));
  return changes;
}

/** The one change that was asked for, then what the ring lacks after it. */
function changed(ring: Ring, change: KeyChange, at: Date): KeyChange[] {
  const after = ring.map((key) => (key.keyId === change.keyId ? { ...key, state: change.to, since: at } : key));
  return [change, ...missingFrom(after, at)];
}

/** A number that was never used; when there is none, that of the key which retired first. A revoked one never comes back. */
function freeId(ring: Ring, taken: ReadonlySet<number>): number {
  const used = new Set([...ring.map(({ keyId }) => keyId), ...taken]);
  for (let keyId = 0; keyId < IDS; keyId++) if (!used.has(keyId)) return keyId;

  const retired = ring.filter(({ state, keyId }) => state === "retired" && !taken.has(keyId));
  const [oldest] = retired.toSorted((one, other) => one.since.getTime() - other.since.getTime());
  if (!oldest) throw new Error("each of the 256 key ids is in use or revoked");
  return oldest.keyId;
}
