import { createHmac, timingSafeEqual } from "node:crypto";

/** An HMAC-SHA-256 in base64, as the sign-in library puts it behind a cookie's value. */
const SIGNED = /^(.+)\.([A-Za-z0-9+/]{43}=)$/;

const signatureOf = (value: string, secret: string): string =>
  createHmac("sha256", secret).update(value).digest("base64");

const isSignedBy = (value: string, signature: string, secret: string): boolean =>
  timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(value, secret)));

/**
 * The sign-in library knows several secrets for what it encrypts, and one for the cookies it signs. So a cookie that was signed with
 * a secret from before is signed anew before the library sees it.
 *
 * @param cookies As a browser sent them.
 * @param secrets The current one, and those from before that are still accepted.
 * @returns The same cookies; one that nobody of these signed is left as it is, and the library refuses it.
 */
export function signedAnew(cookies: string, [current = "", ...older]: readonly string[]): string {
  if (older.length === 0) return cookies;
  return cookies
    .split("; ")
    .map((cookie) => {
      const at = cookie.indexOf("=");
      const [, value, signature] = SIGNED.exec(decoded(cookie.slice(at + 1))) ?? [];
      if (!value || !signature || !older.some((secret) => isSignedBy(value, signature, secret))) return cookie;
      return `${cookie.slice(0, at)}=${encodeURIComponent(`${value}.${signatureOf(value, current)}`)}`;
    })
    .join("; ");
}

/** What cannot be decoded was not encoded by us. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
