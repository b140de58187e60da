import type { CodeKind, CodeText } from "@tessera/contracts";
import type { CodeSigner } from "./code-signing.ts";
import { COMPACT_SECRET_BYTES, compactCode } from "./compact-code.ts";
import type { CodeKeys } from "./keys.ts";
import { signedCode } from "./signed-code.ts";
import { encodeFacts, SIGNED_SECRET_BYTES, type SignedFacts } from "./signed-facts.ts";

/** What codes are made with. */
export interface MintTools {
  /** @returns `length` bytes from a cryptographic source. */
  random(length: number): Uint8Array<ArrayBuffer>;
  keys: Pick<CodeKeys, "stepSecretOf">;
  /** Whoever signs for the tenant now. Asked only for a kind that is signed. */
  signer(): Promise<CodeSigner>;
}

/** A fresh code. */
export interface MintedCode {
  /** To be shown once and kept nowhere. Of a rotating code: the base, which `rotatingText` completes. */
  text: CodeText;
  /** What the database keeps the keyed hash and the offline id of: 16 bytes of a compact code, else 12. */
  secretPart: Uint8Array<ArrayBuffer>;
  /** The key it was signed with; null for a compact code. */
  keyId: number | null;
  /** For the member's app, 32 bytes; null unless the code rotates. */
  stepSecret: Uint8Array<ArrayBuffer> | null;
}

/**
 * Makes a code. Nothing is written down, and no two are alike.
 *
 * @param kind Which.
 * @param facts What a signed code says of itself; a compact one says nothing.
 * @param tools Chance, keys and the tenant's signer.
 * @throws RangeError For facts that do not fit into a code.
 */
export async function mintCode(
  kind: CodeKind,
  facts: Omit<SignedFacts, "keyId">,
  tools: MintTools,
): Promise<MintedCode> {
  if (kind === "compact") {
    const secretPart = tools.random(COMPACT_SECRET_BYTES);
    return { text: compactCode(secretPart), secretPart, keyId: null, stepSecret: null };
  }

  const { keyId, sign } = await tools.signer();
  const secretPart = tools.random(SIGNED_SECRET_BYTES);
  const payload = encodeFacts(kind, { ...facts, keyId }, secretPart);
  const text = signedCode(payload, await sign(payload));
  const stepSecret = kind === "rotating" ? await tools.keys.stepSecretOf(facts.tenantNumber, secretPart) : null;
  return { text, secretPart, keyId, stepSecret };
}
