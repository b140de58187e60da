import { useEffect, useState } from "react";

/**
 * What stands behind the # of a letter's link. It is taken out of the address at once: there it would stay in the history,
 * and whoever looks at the screen could use it.
 */
export function useLinkToken(): string {
  const [token] = useState(() => window.location.hash.slice(1));
  useEffect(() => window.history.replaceState(window.history.state, "", window.location.pathname), []);
  return token;
}
