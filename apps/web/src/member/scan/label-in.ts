const LETTERS = 17;

/**
 * Finds what may be a label's key in what was scanned or typed; the server judges it.
 *
 * @returns The letters of a key; null for what is no label of ours, such as a parcel's code.
 */
export function labelIn(text: string): string | null {
  const [, inAddress] = /^https?:\/\/[^/\s]+\/l\/([^/?#\s]+)/i.exec(text.trim()) ?? [];
  const letters = (inAddress ?? text).replace(/[\s-]/g, "").toUpperCase();
  return letters.length === LETTERS && /^[0-9A-Z]+$/.test(letters) ? letters : null;
}
