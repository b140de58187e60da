import { type LabelKey, labelAddress } from "@tessera/domain/qr/label-key";
import type { Legibility } from "@tessera/domain/qr/legibility";
import { type Mask, qrMatrix } from "@tessera/domain/qr/matrix";

/** Enough for the labels that somebody prints today; a mask is one of eight, and quick to forget. */
const MOST_REMEMBERED = 5_000;

/** Draws the codes of labels. */
export interface LabelPictures {
  /**
   * @returns The modules of a label's code, with a mask under which the scanner was seen to read them.
   * @throws Error When it read none of them, which would mean that the scanner itself is broken.
   */
  matrixOf(key: LabelKey): Promise<boolean[][]>;
}

/**
 * @param address Where people reach the product; it is in each code.
 * @param legibility Reads each code before anybody prints it.
 */
export function labelPictures(address: string, legibility: Legibility): LabelPictures {
  const masks = new Map<LabelKey, Mask>();

  async function maskOf(key: LabelKey): Promise<Mask> {
    const known = masks.get(key);
    if (known !== undefined) return known;
    const mask = (await legibility.maskFor(labelAddress(address, key))) as Mask | null;
    if (mask === null) throw new Error("a label's code could not be read back under any mask");
    if (masks.size >= MOST_REMEMBERED) masks.clear();
    masks.set(key, mask);
    return mask;
  }

  return { matrixOf: async (key) => qrMatrix(labelAddress(address, key), { mask: await maskOf(key) }) };
}
