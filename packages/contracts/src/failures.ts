/**
 * Failures a caller may answer by asking again with the same scan id. They travel as tRPC errors whose
 * `data.failure` is one of these; every other error is final.
 */
export const failures = {
  busy: { http: 409, say: "Somebody is just using this. Trying again…" },
  unknown_outcome: { http: 500, say: "Checking what became of this scan…" },
  read_only: { http: 503, say: "The system is read-only for a moment." },
  rate_limited: { http: 429, say: "That was a lot at once. Wait a moment, then go on." },
  unavailable: { http: 503, say: "The system cannot be reached at the moment." },
} as const;

export type Failure = keyof typeof failures;
