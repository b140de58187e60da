/**
 * Test-decodes a code before anybody sees it. The scanner's library fails for ever on 2 to 6 of 100 clean codes with
 * the mask a generator would choose; with another mask each of them reads (docs/decisions/0006-codes-are-test-decoded.md).
 */
export interface Legibility {
  /**
   * @param text The text to be shown.
   * @returns A QR mask (0 to 7) with which the scanner was seen to read it, or null when it read none of them.
   */
  maskFor(text: string): Promise<number | null>;
}
