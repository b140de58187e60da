import { useEffect, useState } from "react";

/** The present, again every `everyMs`. A hidden page catches up the moment it is shown. */
export function useNow(everyMs = 1_000): Date {
  const [now, setNow] = useState(() => new Date());

  useEffect(() => {
    const tick = () => setNow(new Date());
    const timer = setInterval(tick, everyMs);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [everyMs]);

  return now;
}
