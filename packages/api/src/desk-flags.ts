import { flagKeys } from "@tessera/contracts";
import type { DeskFlags, FlagAge, SignedFlagSet } from "@tessera/contracts/flags";
import { Failed } from "@tessera/domain/failed";
import { makeSignedSet } from "@tessera/domain/flags/signed-set";
import { toBase64url } from "@tessera/domain/qr/base64url";
import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Platform } from "./platform.ts";

export interface DeskFlagTools {
  platform: Pick<Platform, "flags" | "signing" | "now">;
  scope: TenantScope;
  tenant: Pick<TenantRooms, "keyBook">;
}

/** For a flag that nobody ever made: it is off, so it does not matter how long. */
const UNMADE: FlagAge = { minutes: 60, after: "off" };

/**
 * Every flag as it is for the desks of a tenant, signed by the key that signs its codes.
 *
 * @returns The set, no older than this call.
 * @throws Failed `unavailable` When the flags cannot be read: an old set must not look fresh.
 */
export async function signedDeskFlags({ platform, scope, tenant }: DeskFlagTools): Promise<SignedFlagSet> {
  const { flags, signing, now } = platform;
  if (!(await flags.refresh())) throw new Failed("unavailable");
  const issuedAt = now().toISOString();
  const decisions = flagKeys.map((key) => flags.reaches(key, scope));
  const ages = new Map(flags.settings().map(({ key, age }) => [key, age]));
  const told = decisions.map(({ key, value, revision }) => ({ key, value, revision, age: ages.get(key) ?? UNMADE }));
  const active = await tenant.keyBook.ensureActive();
  const signer = await signing.signerOf(scope, active);
  return makeSignedSet(signer, { tenantId: scope, issuedAt, keys: await keysAfter(tenant, active), flags: told });
}

/** The key that signs this set, and those that may sign the next. */
async function keysAfter({ keyBook }: DeskFlagTools["tenant"], active: { keyId: number; publicKey: Uint8Array }) {
  const others = (await keyBook.ring()).filter(({ state, keyId }) => {
    return (state === "active" || state === "next") && keyId !== active.keyId;
  });
  return [active, ...others].map(({ keyId, publicKey }): DeskFlags["keys"][number] => ({
    keyId,
    publicKey: toBase64url(publicKey),
  }));
}
