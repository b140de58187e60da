import { fromBase64url, toBase64url } from "@tessera/domain/qr/base64url";
import { joinBytes, utf8 } from "@tessera/domain/qr/bytes";

/** Keeps a value so that only who has the key can read it. */
export interface Seal {
  seal(value: unknown): Promise<string>;
  /** @throws OperationError When it was sealed with another key, or changed since. */
  open<T>(sealed: string): Promise<T>;
}

const IV_BYTES = 12;
/** Lengths say nothing of the names inside. */
const PADDED_TO = 512;

/** @param key Of AES-GCM. */
export function sealWith(key: CryptoKey): Seal {
  return {
    async seal(value) {
      const text = utf8(JSON.stringify(value));
      const padded = new Uint8Array(Math.ceil((text.length + 1) / PADDED_TO) * PADDED_TO).fill(0x20);
      padded.set(text);
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, padded);
      return toBase64url(joinBytes(iv, new Uint8Array(sealed)));
    },
    async open<T>(sealed: string) {
      const bytes = fromBase64url(sealed);
      const iv = bytes.slice(0, IV_BYTES);
      const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, bytes.slice(IV_BYTES));
      return JSON.parse(new TextDecoder().decode(opened)) as T;
    },
  };
}

/**
 * What a scan has heard names a person. It is sealed with the scan's own fingerprint, which is made from the code and
 * kept nowhere: the device that asks again has the code before it, a thief has not.
 *
 * @param fingerprint 32 bytes.
 */
export async function sealOfScan(fingerprint: Uint8Array): Promise<Seal> {
  const material = await crypto.subtle.importKey("raw", new Uint8Array(fingerprint), "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: utf8("tessera/desk-outcome/v1") },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
  return sealWith(key);
}

/** @returns A key that no script can take out of this browser. */
export const newDeviceKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

/**
 * @param purpose Keeps marks of different kinds apart.
 * @param parts What is marked.
 * @returns Always the same for the same; 22 letters that say nothing else.
 */
export async function markOf(purpose: string, ...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const bytes = parts.flatMap((part) => [Uint8Array.of(0), typeof part === "string" ? utf8(part) : part]);
  const digest = await crypto.subtle.digest("SHA-256", joinBytes(utf8(`tessera/mark/${purpose}/v1`), ...bytes));
  return toBase64url(new Uint8Array(digest).subarray(0, 16));
}

/** @returns The name of a thing in the store. */
export const thingMark = (resourceId: string): Promise<string> => markOf("thing", resourceId);

/** @returns The name of a person as the holder of one thing: the same person has another name with every thing. */
export const holderMark = (resourceId: string, memberId: string): Promise<string> =>
  markOf("holder", resourceId, memberId);
