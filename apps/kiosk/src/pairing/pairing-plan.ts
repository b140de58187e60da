import type { DemoDesk, PairedDevice } from "@tessera/contracts";

/** What is known when a kiosk has to find out which desk it is. */
export interface Situation {
  /** The desk it was, if it may be that again. */
  held: PairedDevice | null;
  /** The name in the page's address, or of the desk it was before. */
  wanted: string | null;
  /** False right after the server turned it away: asking again and again would not end. */
  mayPairItself: boolean;
}

/** A person has to say. `unknown`: the name that was wanted and that no desk here has. */
export interface Ask {
  kind: "ask";
  unknown: string | null;
}

export type PairingPlan = { kind: "open"; desk: PairedDevice } | { kind: "pair"; demoDesk: DemoDesk } | Ask;

/**
 * @param situation What the kiosk knows.
 * @param demoDesks The desks anyone may try; empty outside the demo.
 * @returns Be the desk it was, pair with one of the demo, or ask a person for a pairing code. Outside the demo a name
 * chooses nothing, so a kiosk with a desk keeps it; in the demo an unknown name is never taken for another desk.
 */
export function pairingPlan({ held, wanted, mayPairItself }: Situation, demoDesks: readonly DemoDesk[]): PairingPlan {
  if (held && isNamed(held, wanted)) return { kind: "open", desk: held };

  if (held && demoDesks.length === 0) return { kind: "open", desk: held };

  const demoDesk = demoDesks.find((desk) => isNamed(desk, wanted));
  if (demoDesk && mayPairItself) return { kind: "pair", demoDesk };
  return { kind: "ask", unknown: demoDesk || demoDesks.length === 0 ? null : wanted };
}

/** Nothing wanted suits every desk. */
export const isNamed = (desk: { name: string }, wanted: string | null): boolean =>
  wanted === null || desk.name.toLowerCase() === wanted.trim().toLowerCase();

const PATIENCE_MS = 60_000;

/** @returns Whether a kiosk that was turned away may pair itself: once, and again after a minute. */
export const mayPairAgain = (lastTurnedAwayAt: number | null, now: number): boolean =>
  lastTurnedAwayAt === null || now - lastTurnedAwayAt > PATIENCE_MS;
