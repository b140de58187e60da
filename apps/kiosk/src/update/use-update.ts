import { useConnection } from "@tessera/sdk/react";
import { useEffect, useSyncExternalStore } from "react";
import { newerVersion } from "./shell.ts";

/** Nobody has stepped up for so long. */
const CALM_MS = 2_000;

/**
 * Takes a newer version of the kiosk between two scans. A server that was away may have come back as a newer one, so it is
 * asked as soon as the line is there again.
 *
 * @param isCalm Nothing is on the screen that somebody needs, and nothing is being handed in.
 */
export function useUpdate(isCalm: boolean): void {
  const isWaiting = useSyncExternalStore(newerVersion.watch, newerVersion.isWaiting);
  const isUp = useConnection().state === "live";

  useEffect(() => {
    if (isUp) newerVersion.look();
  }, [isUp]);

  useEffect(() => {
    if (!isWaiting || !isCalm) return;
    const timer = setTimeout(newerVersion.take, CALM_MS);
    return () => clearTimeout(timer);
  }, [isWaiting, isCalm]);
}
