import type { ScanSource } from "@tessera/contracts";
import { useScanner } from "@tessera/ui/scanner";
import type { Unread } from "./desk-state.ts";
import { looksLikeOurs, spelled } from "./spelling.ts";
import { useForeignCode } from "./use-foreign-code.ts";
import { usePicture } from "./use-picture.ts";
import { useWedge } from "./use-wedge.ts";

interface WaysWish {
  onCode: (text: string, source: ScanSource) => void;
  onUnread: (why: Unread) => void;
}

/**
 * Camera, picture, hand scanner: however a text comes in, only one that may be ours goes on. The camera passes over
 * others in silence, since it sees every parcel; a picture or a hand scanner was meant, so it gets an answer.
 */
export function useWaysIn({ onCode, onUnread }: WaysWish) {
  const foreign = useForeignCode();
  const take = (text: string, source: ScanSource) => (looksLikeOurs(text) ? onCode(text, source) : onUnread("foreign"));

  const accepts = (text: string) => {
    const isOurs = looksLikeOurs(text);
    if (!isOurs) foreign.see(text);
    return isOurs;
  };

  useWedge((text) => take(spelled(text), "wedge")); // a keyboard with Caps Lock turns the letters round
  const scanner = useScanner({ onRead: (text) => onCode(text, "camera"), accepts, facing: "user", enabled: true });
  const picture = usePicture({ onRead: (text) => take(text, "file"), onUnread });

  return { scanner, picture, isForeign: foreign.isHeld };
}
