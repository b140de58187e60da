import { useCallback, useEffect, useRef, useState } from "react";
import { type ForeignSight, insists, sightAfter } from "./foreign-code.ts";

const SAYS_SO_FOR_MS = 2_000;

/** Whether somebody keeps holding up a code that is not ours. */
export function useForeignCode() {
  const sight = useRef<ForeignSight | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => () => clearTimeout(timer.current), []);

  const see = useCallback((text: string) => {
    sight.current = sightAfter(sight.current, text, performance.now());
    if (!insists(sight.current)) return;
    setHeld(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHeld(false), SAYS_SO_FOR_MS);
  }, []);

  return { isHeld, see };
}
