import type { DeviceId, Manifest, TakeLeases } from "@tessera/contracts";
import { toBase64url } from "../qr/base64url.ts";
import type { KeyBook } from "../qr/key-ring.ts";
import { mayVerify } from "../qr/signing-key.ts";
import { DEFAULT_LEASES, type Leases, LONGEST_LEASE_HOURS } from "./leases.ts";
import { sealManifest } from "./manifest.ts";

/** What a manifest is made with. */
export interface LeaseTools {
  leases: Leases;
  keyBook: Pick<KeyBook, "ring">;
  /** @returns `length` bytes from a cryptographic source. */
  random(length: number): Uint8Array<ArrayBuffer>;
  now(): Date;
}

/**
 * Gives a desk what its tenant's policy lets it decide alone.
 *
 * @param tools Of the tenant.
 * @param device The desk.
 * @param wanted How many codes, for how long; 200 for 8 hours when left out.
 * @returns The manifest. With `deny` it holds nothing; with `open` also what signatures are judged with: the keys that
 *   verify now and the one that will sign next.
 */
export async function takeLeases(tools: LeaseTools, device: DeviceId, wanted: TakeLeases): Promise<Manifest> {
  const { leases, keyBook, now } = tools;
  const { hours = LONGEST_LEASE_HOURS, most = DEFAULT_LEASES } = wanted;
  const { policy, tenantNumber } = await leases.policy();
  if (policy === "deny") {
    const nothing = { issuedAt: now(), until: now(), codes: [] };
    return sealManifest(tools, nothing, policy, null);
  }

  const grant = await leases.take(device, hours, most);
  if (policy === "leased") return sealManifest(tools, grant, policy, null);

  const ring = await keyBook.ring();
  const keys = ring
    .filter((key) => key.state === "next" || mayVerify(key, grant.issuedAt))
    .map(({ keyId, publicKey }) => ({ keyId, publicKey: toBase64url(publicKey) }));
  return sealManifest(tools, grant, policy, { tenantNumber, keys, spent: await leases.spent() });
}
