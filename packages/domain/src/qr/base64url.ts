/**
 * @param bytes Any number of bytes.
 * @returns Base64 with the URL alphabet, without padding (RFC 4648 section 5).
 */
export function toBase64url(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * @param text What `toBase64url` wrote.
 * @returns The bytes.
 * @throws Error For a letter that is not of the alphabet.
 */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
