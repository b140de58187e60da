import type { JournalSeal } from "@tessera/contracts";
import { type Bytes, bytesOf, utf8 } from "./bytes.ts";

/** What is signed: everything a seal says besides the key. */
export type Sealed = Pick<JournalSeal, "tenantId" | "seq" | "hash" | "day">;

/**
 * @param sealed Which head, on which day.
 * @returns The bytes that are signed: `tessera/seal/v1` and the fields, joined by a unit separator (0x1f).
 */
export const sealMessage = ({ tenantId, seq, hash, day }: Sealed): Bytes =>
  utf8(["tessera/seal/v1", tenantId, seq, hash, day].join("\x1f"));

/**
 * @param seal As it was stored.
 * @param keys The public keys the deployment has signed with (hexadecimal). A seal by any other key proves nothing: who
 *   can write into the database can make a key.
 * @returns Whether one of them signed exactly this (Ed25519, RFC 8032).
 */
export async function isSigned(seal: JournalSeal, keys: readonly string[]): Promise<boolean> {
  const [publicKey, signature] = [bytesOf(seal.publicKey), bytesOf(seal.signature)];
  if (!keys.includes(seal.publicKey) || publicKey?.length !== 32 || signature?.length !== 64) return false;
  const key = await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, signature, sealMessage(seal));
}
