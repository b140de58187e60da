import type { CodeKey, KeyState } from "@tessera/contracts";

/** A key that a tenant signs its codes with, as it is written down: nothing in it is secret. */
export interface SigningKey {
  /** 0 to 255; stands in every code the key has signed. */
  keyId: number;
  state: KeyState;
  /** When it came into this state, by the database's clock. */
  since: Date;
  /** 32 random bytes. With the deployment's secret they make the private key, which is stored nowhere. */
  salt: Uint8Array<ArrayBuffer>;
  /** 32 bytes. */
  publicKey: Uint8Array<ArrayBuffer>;
}

const HOUR_MS = 3_600_000;

/** How long kiosks must have been able to learn a key before it signs: one sync period. */
export const KNOWN_AHEAD_MS = 24 * HOUR_MS;

/** The longest life of a signed code. */
export const LONGEST_LIFE_MS = 24 * HOUR_MS;

/** How long a key verifies after it signed last: the longest life of its codes, and the longest absence of a kiosk. */
export const GRACE_MS = LONGEST_LIFE_MS + 12 * HOUR_MS;

/** @returns Whether new codes are signed with it. */
export const maySign = ({ state }: Pick<SigningKey, "state">): boolean => state === "active";

/**
 * A `next` key verifies before anything is signed with it: a reader whose list is a minute old meets its first codes.
 *
 * @param at By the clock of whoever reads.
 * @returns Whether a code it signed may be genuine.
 */
export function mayVerify(key: Pick<SigningKey, "state" | "since">, at: Date): boolean {
  if (key.state === "next" || key.state === "active") return true;
  const until = verifiesUntil(key);
  return until !== null && at < until;
}

/** @returns When a retiring key stops to verify; null for a key in any other state. */
export const verifiesUntil = ({ state, since }: Pick<SigningKey, "state" | "since">): Date | null =>
  state === "retiring" ? new Date(since.getTime() + GRACE_MS) : null;

/** @returns From when on a `next` key may sign. */
export const maySignFrom = ({ since }: Pick<SigningKey, "since">): Date => new Date(since.getTime() + KNOWN_AHEAD_MS);

/** @returns The key as it is shown to people. */
export const shownKey = (key: SigningKey): CodeKey => ({
  keyId: key.keyId,
  state: key.state,
  since: key.since.toISOString(),
  verifiesUntil: verifiesUntil(key)?.toISOString() ?? null,
});
