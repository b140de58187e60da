import { useEffect, useState } from "react";

/** Nobody has scanned or touched anything for so long. */
const REST_AFTER_MS = 60_000;
const STIRS = ["pointerdown", "keydown"] as const;

/**
 * Whether the screen rests. A scan wakes it, since the desk is not calm then; so does a touch or a key, which does nothing else.
 *
 * @param isCalm Nothing is on the screen that somebody needs.
 * @returns Since when it rests, milliseconds; null while it does not.
 */
export function useRest(isCalm: boolean): number | null {
  const [restsSince, setRestsSince] = useState<number | null>(null);

  useEffect(() => {
    if (!isCalm) return;
    let timer: ReturnType<typeof setTimeout>;
    const stir = () => {
      clearTimeout(timer);
      setRestsSince(null);
      timer = setTimeout(() => setRestsSince(Date.now()), REST_AFTER_MS);
    };
    stir();
    for (const event of STIRS) window.addEventListener(event, stir);
    return () => {
      clearTimeout(timer);
      setRestsSince(null);
      for (const event of STIRS) window.removeEventListener(event, stir);
    };
  }, [isCalm]);

  return isCalm ? restsSince : null;
}
