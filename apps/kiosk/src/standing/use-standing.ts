import type { DeskStanding, PairedDevice } from "@tessera/contracts";
import type { Connection } from "@tessera/sdk";
import { useCallback, useEffect, useRef, useState } from "react";

/** News comes at once, so this only catches what news may have missed; a stranger gets none; and nobody was reached. */
const NEXT_MS = { known: 60_000, stranger: 10_000, unreached: 5_000 };
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

  /** @returns When to look again. */
  const look = useCallback(
    () =>
      device.standing.mutate({ token }, { signal: AbortSignal.timeout(ASK_MS) }).then(
        (next) => {
          if (next.state === "unknown") unknown.current();
          else setStanding(next);
          return next.isBlocked ? NEXT_MS.stranger : NEXT_MS.known;
        },
        () => NEXT_MS.unreached, // it stands as it stood
      ),
    [device, token],
  );

  const isStranger = standing?.isBlocked === true;
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const round = async () => {
      const next = await look();
      if (!isOver) timer = setTimeout(round, next);
    };
    void round();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [look, isStranger]); // a stranger gets no news, so what was to come in a minute comes sooner

  return { standing, look: () => void look() };
}
