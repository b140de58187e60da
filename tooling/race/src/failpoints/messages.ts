/** Where an API process can be made to stop; `failpoints.ts` puts them into a copy of the built server. */
export const redemptionPoints = ["after-lock", "before-sql", "after-commit", "before-reply"] as const;
export const relayPoints = ["relay-number", "relay-publish"] as const;
export type Failpoint = (typeof redemptionPoints)[number] | (typeof relayPoints)[number];

/** What the runner says to `preload.mjs`. */
export type ToProcess =
  /** On its next passage of the point the process sends itself this signal, once. */
  | { kind: "arm"; point: Failpoint; signal: "SIGSTOP" | "SIGKILL" }
  | { kind: "disarm" }
  /** Its `Date` is off by so much from now on, and goes on `rate` times as fast as time: -1 goes backwards. */
  | { kind: "clock"; shiftMs: number; rate: number };
