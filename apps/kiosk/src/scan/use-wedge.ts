import { listenForWedge } from "@tessera/ui/scanner";
import { useEffect, useRef } from "react";

/** A hand scanner types; it is heard all the time. */
export function useWedge(onRead: (text: string) => void) {
  const latest = useRef(onRead);
  useEffect(() => {
    latest.current = onRead;
  });

  useEffect(() => listenForWedge(window, { onRead: (text) => latest.current(text) }), []);
}
