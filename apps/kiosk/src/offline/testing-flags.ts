import type { TenantId } from "@tessera/contracts";
import type { DeskFlags, FlagAge, SignedFlagSet } from "@tessera/contracts/flags";
import { makeSignedSet } from "@tessera/domain/flags/signed-set";
import { toBase64url } from "@tessera/domain/qr/base64url";
import { codeSigning } from "@tessera/domain/qr/code-signing";
import { START } from "./testing.ts";

export const KEY = "qr-checkout-enabled";
export const HOUSE = "0199c000-0000-7000-8000-000000000007" as TenantId;

interface SetGiven {
  value?: boolean;
  revision?: number;
  age?: FlagAge;
  /** Seconds after `START`. */
  issuedAt?: number;
  /** Which key signs, and which keys the set names: those two when left out. */
  by?: number;
  names?: number[];
  tenantId?: TenantId;
}

/** A tenant's server, as far as it signs flags: it has four keys, and signs with whichever a test wants. */
export async function signingServer(tenantId = HOUSE) {
  const signing = await codeSigning("s".repeat(32));
  const ring = await Promise.all(
    [1, 2, 3, 4].map(async (keyId) => {
      const key = { keyId, state: "active" as const, since: new Date(START), salt: new Uint8Array(32).fill(keyId) };
      const publicKey = await signing.publicKeyOf(tenantId, key);
      const signer = await signing.signerOf(tenantId, { ...key, publicKey });
      return { signer, key: { keyId, publicKey: toBase64url(publicKey) } };
    }),
  );

  return async (given: SetGiven = {}): Promise<SignedFlagSet> => {
    const { value = true, revision = 1, age = { minutes: 60, after: "off" }, issuedAt = 0, by = 1 } = given;
    const { names = [by, by + 1] } = given;
    const keys = names.flatMap((keyId) => ring.find(({ key }) => key.keyId === keyId)?.key ?? []);
    const signer = ring.find(({ key }) => key.keyId === by)?.signer;
    if (!signer) throw new Error(`there is no key ${by}`);
    const set: DeskFlags = {
      tenantId: given.tenantId ?? tenantId,
      issuedAt: new Date(START + issuedAt * 1_000).toISOString(),
      keys,
      flags: [{ key: KEY, value, revision, age }],
    };
    return makeSignedSet(signer, set);
  };
}
