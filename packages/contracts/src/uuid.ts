/**
 * A UUID, version 7 (RFC 9562 section 5.7): 48 bits of milliseconds, then random bits, so that ids sort by the time
 * they were made and a database index grows at its end.
 *
 * @param atMs Milliseconds since 1970, 0 to 2^48 - 1.
 * @param random 10 random bytes; the version and variant bits are set over them.
 * @returns The id in lower-case canonical form (36 characters).
 */
export function uuidV7(atMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(atMs) << 16n);
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
