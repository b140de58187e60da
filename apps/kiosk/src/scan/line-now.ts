import type { ConnectionState } from "@tessera/sdk";

interface LineFacts {
  state: ConnectionState["state"];
  /** What the browser says of its network. */
  hasNetwork: boolean;
  /** @returns Whether the server answers at all. Throws, or takes too long, when it does not. */
  reach(signal: AbortSignal): Promise<boolean>;
}

/** A desk does not let a guest wait longer before it decides alone. */
const REACH_MS = 1_500;

/**
 * Whether the server can be asked now. News that do not come are no proof of the contrary: a socket breaks now and then. So
 * it is reached for, and only a line that is known to be down lets the desk decide alone.
 */
export async function lineNow({ state, hasNetwork, reach }: LineFacts): Promise<"up" | "down"> {
  if (state === "live" || state === "polling") return "up";
  if (!hasNetwork) return "down";
  const answers = await reach(AbortSignal.timeout(REACH_MS)).catch(() => false);
  return answers ? "up" : "down";
}

/** Asks this page's server for its pulse. */
export const reachServer = async (signal: AbortSignal): Promise<boolean> =>
  (await fetch("/livez", { signal, cache: "no-store" })).ok;
