import type { Manifest, OfflinePolicy } from "@tessera/contracts";
import { fromBase64url, toBase64url } from "../qr/base64url.ts";
import type { LeasedCode, LeaseGrant } from "./leases.ts";
import { EARLY_STOP_SECONDS } from "./leases.ts";

/**
 * The offline manifest. Who steals a kiosk finds a list of tags and of sealed entries, all of one length: without the
 * code in hand no entry can be told from another, opened, or tied to an entry of yesterday. Both the tag and the key come
 * from the code's offline id, a hash of 96 or 128 random bits that is stored nowhere at the desk.
 */

/**
 * Every entry is padded to the longest of its manifest, rounded up to a multiple of this: a length says nothing of a name,
 * nor whether its thing is out.
 */
const PADDED_TO = 512;
const SPACE = 0x20;
const TAG_BYTES = 16;
const IV_BYTES = 12;

/**
 * @param salt Of the manifest, 16 bytes.
 * @param offlineId Of the code, 32 bytes.
 * @returns Under which the code's entry is found in this manifest: 16 bytes, base64url.
 */
export async function tagOf(salt: Uint8Array, offlineId: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", joined(salt, offlineId));
  return toBase64url(new Uint8Array(digest).subarray(0, TAG_BYTES));
}

/**
 * @param tools `random` gives bytes from a cryptographic source.
 * @param grant The codes, and until when they are kept for the desk.
 * @param policy Of the tenant.
 * @param signed What a desk needs to judge by signature; null unless the policy is `open`.
 * @returns The manifest, to be sent to the desk.
 */
export async function sealManifest(
  { random }: { random(length: number): Uint8Array<ArrayBuffer> },
  grant: LeaseGrant,
  policy: OfflinePolicy,
  signed: (Omit<NonNullable<Manifest["signed"]>, "spent"> & { spent: readonly Uint8Array[] }) | null,
): Promise<Manifest> {
  const salt = random(16);
  const told = grant.codes.map(written);
  const longest = told.reduce((length, { text }) => Math.max(length, text.length), 0);
  const length = Math.ceil(longest / PADDED_TO) * PADDED_TO;
  const entries = await Promise.all(
    told.map(async ({ text, offlineId }) => ({
      tag: await tagOf(salt, offlineId),
      sealed: await seal(padded(text, length), offlineId, random(IV_BYTES)),
    })),
  );
  const lasts = (grant.until.getTime() - grant.issuedAt.getTime()) / 1_000 - EARLY_STOP_SECONDS;
  return {
    policy,
    issuedAt: grant.issuedAt.toISOString(),
    validForSeconds: Math.max(0, Math.floor(lasts)),
    salt: toBase64url(salt),
    entries: entries.sort((one, other) => (one.tag < other.tag ? -1 : 1)), // in an order that says nothing either
    signed: signed && {
      ...signed,
      spent: (await Promise.all(signed.spent.map((offlineId) => tagOf(salt, offlineId)))).sort(),
    },
  };
}

/** The offline id is the key to it, and never in it. */
const written = ({ offlineId, ...told }: LeasedCode) => ({
  offlineId,
  text: new TextEncoder().encode(JSON.stringify(told)),
});

function padded(text: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length).fill(SPACE);
  bytes.set(text);
  return bytes;
}

async function seal(
  bytes: Uint8Array<ArrayBuffer>,
  offlineId: Uint8Array<ArrayBuffer>,
  iv: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(offlineId), bytes);
  return toBase64url(joined(iv, new Uint8Array(sealed)));
}

/**
 * @param sealed An entry of a manifest.
 * @param offlineId Of the code that is shown, 32 bytes.
 * @returns What the server wrote into it.
 * @throws OperationError When it was sealed for another code, or changed since.
 */
export async function openEntry(sealed: string, offlineId: Uint8Array<ArrayBuffer>): Promise<LeasedCode> {
  const bytes = fromBase64url(sealed);
  const iv = bytes.slice(0, IV_BYTES);
  const key = await keyOf(offlineId);
  const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, bytes.slice(IV_BYTES));
  const told = JSON.parse(new TextDecoder().decode(opened)) as Omit<LeasedCode, "offlineId">;
  const { standing } = told;
  return {
    ...told,
    offlineId,
    opensAt: new Date(told.opensAt),
    expiresAt: new Date(told.expiresAt),
    standing: standing && { ...standing, dueAt: new Date(standing.dueAt) },
  };
}

async function keyOf(offlineId: Uint8Array<ArrayBuffer>) {
  const material = await crypto.subtle.importKey("raw", offlineId, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode("tessera/manifest-entry/v1");
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}
