export type Bytes = Uint8Array<ArrayBuffer>;

/** @returns The UTF-8 bytes of a text. */
export const utf8 = (text: string): Bytes => new Uint8Array(new TextEncoder().encode(text));

/** @returns Bytes as lower-case hexadecimal. */
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * @param hex Lower-case hexadecimal.
 * @returns Its bytes; null when it is anything else: a file that was tampered with may hold anything.
 */
export function bytesOf(hex: string): Bytes | null {
  if (!/^(?:[0-9a-f]{2})*$/.test(hex)) return null;
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}
