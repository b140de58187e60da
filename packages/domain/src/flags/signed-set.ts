import type { TenantId } from "@tessera/contracts";
import { DeskFlags, type FlagSetKey, type SignedFlagSet } from "@tessera/contracts/flags";
import { fromBase64url, toBase64url } from "../qr/base64url.ts";
import { utf8 } from "../qr/bytes.ts";
import type { CodeSigner } from "../qr/code-signing.ts";
import { isSignedBy, verifierOf } from "../qr/signature.ts";

/** Whose sets a desk believes. */
export interface FlagTrust {
  tenantId: TenantId;
  keys: readonly FlagSetKey[];
}

/** Why a set is not believed. */
export type UnbelievedSet = "unknown_key" | "bad_signature" | "malformed" | "other_tenant";

/**
 * @param signer Of the tenant, whose key is among `flags.keys`.
 * @param flags What a desk is to know.
 * @returns The set, signed as a set: no signature of a code is one of a set, nor the other way round.
 * @throws RangeError When a desk that believed this set could not believe the next one by the same key.
 */
export async function makeSignedSet(signer: CodeSigner, flags: DeskFlags): Promise<SignedFlagSet> {
  const key = flags.keys.find(({ keyId }) => keyId === signer.keyId);
  if (!key) throw new RangeError(`key ${signer.keyId} signs a set that does not name it`);
  const set = JSON.stringify(flags);
  return { ...key, set, signature: toBase64url(await signer.sign(utf8(set), "flags")) };
}

/**
 * @param signed As it came, or as it was kept.
 * @param trust Whom the desk believes; null before its first set, which is believed by its own key.
 * @returns What the set says; or why it is not believed. Nothing of it is looked at before its signature is good.
 */
export async function readSignedSet(
  { set, keyId, publicKey, signature }: SignedFlagSet,
  trust: FlagTrust | null,
): Promise<DeskFlags | UnbelievedSet> {
  if (trust && !isAmong(trust.keys, { keyId, publicKey })) return "unknown_key";
  if (!(await isGenuine({ set, publicKey, signature }))) return "bad_signature";
  const flags = DeskFlags.safeParse(parsed(set));
  if (!flags.success || !isAmong(flags.data.keys, { keyId, publicKey })) return "malformed";
  return trust && trust.tenantId !== flags.data.tenantId ? "other_tenant" : flags.data;
}

/**
 * @param held The set a desk has.
 * @param other Another of the same tenant.
 * @returns Whether the other one is newer: by its revisions, since two servers' clocks may differ by more than it takes to
 *   kill a flag; for the same revisions by when it was issued.
 */
export function isNewerSet(held: DeskFlags, other: DeskFlags): boolean {
  const [before, after] = [revisionOf(held), revisionOf(other)];
  return after === before ? Date.parse(other.issuedAt) > Date.parse(held.issuedAt) : after > before;
}

/** Revisions are of all flags together: the highest says how new a set is. */
const revisionOf = ({ flags }: DeskFlags): number => flags.reduce((top, { revision }) => Math.max(top, revision), 0);

const isAmong = (keys: readonly FlagSetKey[], { keyId, publicKey }: FlagSetKey): boolean =>
  keys.some((key) => key.keyId === keyId && key.publicKey === publicKey);

async function isGenuine({ set, publicKey, signature }: Omit<SignedFlagSet, "keyId">): Promise<boolean> {
  try {
    const verifier = await verifierOf(fromBase64url(publicKey));
    return await isSignedBy(verifier, utf8(set), fromBase64url(signature), "flags");
  } catch {
    return false; // no key, or no base64url
  }
}

function parsed(set: string): unknown {
  try {
    return JSON.parse(set);
  } catch {
    return null;
  }
}
