import { USER_CODE_LETTERS } from "@tessera/contracts";

/** What is known of a kiosk's request when it polls. */
export interface RequestFacts {
  expiresAt: Date;
  intervalSeconds: number;
  polledAt: Date | null;
  /** What staff said; null while nobody did. */
  settled: "approved" | "denied" | null;
  isCollected: boolean;
}

/** What a poll comes to. */
export type PollVerdict = "collect" | "pending" | "slow_down" | "denied" | "expired";

export const REQUEST_MINUTES = 10;
export const FIRST_INTERVAL_SECONDS = 5;
/** RFC 8628, 3.5: who asks too soon waits so much longer, then and from then on. */
export const SLOWER_BY_SECONDS = 5;
/** Timers and networks are not exact: nobody is told to slow down for this little. */
const TOLERANCE_MS = 500;

/**
 * The rule of RFC 8628 for a poll. An approval is not lost because the kiosk asked too soon; but it is told once.
 *
 * @param facts Of the request; null when there is none.
 * @param at Now.
 */
export function pollVerdict(facts: RequestFacts | null, at: Date): PollVerdict {
  if (!facts || facts.isCollected || at >= facts.expiresAt) return "expired";
  if (facts.settled === "approved") return "collect";
  if (facts.settled === "denied") return "denied";
  const since = facts.polledAt ? at.getTime() - facts.polledAt.getTime() : Number.POSITIVE_INFINITY;
  return since < facts.intervalSeconds * 1_000 - TOLERANCE_MS ? "slow_down" : "pending";
}

const LENGTH = 8;
/** The largest multiple of twenty that a byte can be below: what is above would make some letters likelier. */
const FAIR = 256 - (256 % USER_CODE_LETTERS.length);

/**
 * @param random Gives bytes from a cryptographic source.
 * @returns Eight letters, each as likely as any other: 34 bits, of which every guess costs a call by staff.
 */
export function drawUserCode(random: (length: number) => Uint8Array): string {
  let code = "";
  while (code.length < LENGTH) {
    for (const byte of random(LENGTH)) {
      if (byte < FAIR && code.length < LENGTH) code += USER_CODE_LETTERS[byte % USER_CODE_LETTERS.length];
    }
  }
  return code;
}
