import type { DeskStanding, PairedDevice } from "@tessera/contracts";
import type { Connection } from "@tessera/sdk";
import { useCallback, useEffect, useRef, useState } from "react";

/** News is faster where it comes. A desk that is a stranger gets none, and asks for how long it stays one. */
const LOOK_MS = 15_000;
const ASK_MS = 10_000;

/**
 * How this desk stands, asked at the start, every now and then, and whenever something happened to it.
 *
 * @param onUnknown The server does not know it: it is no desk any more.
 * @returns null before the first answer: the desk works meanwhile, since the server judges every call anyway.
 */
export function useStanding({ token }: PairedDevice, { device }: Connection["client"], onUnknown: () => void) {
  const [standing, setStanding] = useState<DeskStanding | null>(null);
  const unknown = useRef(onUnknown);
  useEffect(() => {
    unknown.current = onUnknown;
  });

  const look = useCallback(
    () =>
      device.standing.mutate({ token }, { signal: AbortSignal.timeout(ASK_MS) }).then(
        (next) => (next.state === "unknown" ? unknown.current() : setStanding(next)),
        () => {}, // nobody could be asked: it stands as it stood
      ),
    [device, token],
  );

  useEffect(() => {
    void look();
    const timer = setInterval(() => void look(), LOOK_MS);
    return () => clearInterval(timer);
  }, [look]);

  return { standing, look: () => void look() };
}
