import { fromBase64url } from "@tessera/domain/qr/base64url";
import { joinBytes, utf8 } from "@tessera/domain/qr/bytes";
import { offlineIdOf } from "@tessera/domain/qr/offline-id";
import { readCode, type UnreadReason } from "@tessera/domain/qr/read-code";
import { parseCode } from "@tessera/domain/qr/token";
import { importKeys } from "@tessera/domain/qr/verifying-keys";
import type { Proof } from "./offline-ledger.ts";
import type { ManifestRow } from "./rows.ts";

/** A text as the desk alone can read it. */
export interface ReadAtDesk {
  offlineId: Uint8Array<ArrayBuffer>;
  /** What the scan id stands for, 32 bytes: made from the code, kept nowhere. */
  fingerprint: Uint8Array<ArrayBuffer>;
  proof: Proof;
}

/**
 * @param text What the scanner read.
 * @param signed Of the manifest; null unless the policy is `open`.
 * @returns The code, with its proof if it carries one; `malformed` or `unsupported` for a text that is none of ours. A
 *   proof that fails is no reason to stop: the desk may hold the code ready and know it from there.
 */
export async function readAtDesk(
  text: string,
  signed: ManifestRow["signed"],
): Promise<ReadAtDesk | Extract<UnreadReason, "malformed" | "unsupported">> {
  const code = parseCode(text);
  if (typeof code === "string") return code;

  const offlineId = await offlineIdOf(code.secretPart);
  const act = await crypto.subtle.digest("SHA-256", joinBytes(utf8("redeem:"), offlineId));
  return { offlineId, fingerprint: new Uint8Array(act), proof: signed && (await proofOf(text, signed)) };
}

async function proofOf(text: string, { tenantNumber, keys }: NonNullable<ManifestRow["signed"]>): Promise<Proof> {
  const ring = () => importKeys(keys.map(({ keyId, publicKey }) => ({ keyId, publicKey: fromBase64url(publicKey) })));
  const read = await readCode(text, { keys: null, ring, tenantNumber, audience: "kiosk" });
  return typeof read === "string" ? read : read.signed;
}
