import type { Request, RequestKind } from "@tessera/contracts";
import { useCallback, useEffect, useRef, useState } from "react";
import { answerIn, type FailedCall } from "../common/failure-words.ts";
import { line } from "./guest-line.ts";

/** News bring every change but one: time passes over a request by itself. */
const LOOK_MS = 60_000;

interface Held {
  kinds: RequestKind[] | null;
  requests: Request[] | null;
  error: FailedCall | Error | null;
}

/**
 * What can be asked for, and what was; kept right by news.
 *
 * @param onStranger Called when this page is not known any more.
 */
export function useRequests(onStranger: () => void): Held & { reload(): void } {
  const [held, setHeld] = useState<Held>({ kinds: null, requests: null, error: null });
  const turn = useRef(0);

  const reload = useCallback(async () => {
    const mine = ++turn.current;
    try {
      const [requests, kinds] = await Promise.all([
        line.client.request.mine.query(),
        line.client.request.kinds.query(),
      ]);
      if (mine === turn.current) setHeld({ requests, kinds, error: null }); // an older answer would bring the old state back
    } catch (caught) {
      const error = caught as FailedCall & Error;
      if (answerIn(error)?.code === "UNAUTHORIZED") return onStranger();
      if (mine === turn.current) setHeld((known) => ({ ...known, error }));
    }
  }, [onStranger]);

  useEffect(() => {
    void reload();
    const news = line.client.live.events.subscribe(undefined, {
      onData: () => void reload(),
      onError: () => onStranger(),
    });
    // Whose visit ends loses their line at once: whether it is that, the next call tells.
    const unwatch = line.watch(() => line.status().state !== "live" && void reload());
    const looking = setInterval(() => void reload(), LOOK_MS);
    return () => {
      news.unsubscribe();
      unwatch();
      clearInterval(looking);
    };
  }, [reload, onStranger]);

  return { ...held, reload: () => void reload() };
}
