import { useEffect } from "react";

/** Keeps the screen from going dark while a code is held up to a camera, where the browser knows how. */
export function useAwakeScreen(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let isGone = false;

    // The browser takes the lock away whenever the page is hidden.
    const keepAwake = async () => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      const granted = await navigator.wakeLock.request("screen").catch(() => null);
      if (isGone) void granted?.release();
      else lock = granted;
    };
    void keepAwake();
    document.addEventListener("visibilitychange", keepAwake);

    return () => {
      isGone = true;
      document.removeEventListener("visibilitychange", keepAwake);
      void lock?.release();
    };
  }, []);
}
