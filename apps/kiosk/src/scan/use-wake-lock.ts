import { useEffect } from "react";

/** Keeps the screen lit while the page is seen. Where the browser cannot, the screen sleeps as it always did. */
export function useWakeLock() {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let isOver = false;

    const hold = async () => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      const fresh = await navigator.wakeLock.request("screen").catch(() => null); // refused on a low battery
      if (isOver) void fresh?.release();
      else lock = fresh;
    };

    void hold();
    document.addEventListener("visibilitychange", hold); // a hidden page loses it
    return () => {
      isOver = true;
      document.removeEventListener("visibilitychange", hold);
      void lock?.release();
    };
  }, []);
}
