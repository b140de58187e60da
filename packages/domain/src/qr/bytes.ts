/**
 * @param parts Any number of pieces.
 * @returns All of them, one after the other.
 */
export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** @returns A text in UTF-8. */
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

/**
 * @param number 0 to 4,294,967,295.
 * @returns Its four bytes, big endian.
 * @throws RangeError When it does not fit.
 */
export function fourBytes(number: number): Uint8Array<ArrayBuffer> {
  if (!Number.isInteger(number) || number < 0 || number > 0xffff_ffff) throw new RangeError(`${number} is no uint32`);
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

/**
 * Compares two proofs. It looks at every byte, wherever the first difference is, so that the time it takes does not
 * tell a forger how far they were right.
 *
 * @returns Whether they are the same, length and bytes.
 */
export function sameInConstantTime(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let at = 0; at < one.length; at++) difference |= (one[at] ?? 0) ^ (other[at] ?? 0);
  return difference === 0;
}
