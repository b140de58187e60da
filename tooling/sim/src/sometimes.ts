/**
 * What a large enough set of worlds must have reached: a simulation that never comes to these places proves nothing about
 * them. Names as the actors and the referee say them.
 */
export const sometimes: readonly string[] = [
  "yes",
  "replay",
  "contended lock",
  "lock degraded",
  "busy",
  "unknown_outcome",
  "unavailable",
  "row held for long",
  "already_redeemed",
  "expired",
  "not_yet_valid",
  "revoked",
  "held_offline",
  "resource_unavailable",
  "not_checked_out",
  "not_found",
  "malformed",
  "unsupported",
  "unknown_key",
  "idempotency_mismatch",
  "withdrawn",
  "undone",
  "too_late",
  "moved_on",
  "foreign scan withdrawn",
  "accepted alone by lease",
  "accepted alone by signature",
  "handed in twice",
  "code.conflict",
  "conflict.settled",
  "device.gap",
  "quarantined",
  "released",
  "resync",
  "event told twice",
  "message lost",
  "message doubled",
];

/** @returns Those that none of the worlds came to. */
export const neverReached = (reached: Readonly<Record<string, number>>): readonly string[] =>
  sometimes.filter((what) => !reached[what]);
