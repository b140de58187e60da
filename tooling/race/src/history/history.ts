/** What a client asked for. */
export type Operation = "redeem" | "revoke" | "undo" | "lease" | "hand_in" | "read";

/**
 * How one attempt ended, as the client heard it. `ok` and `refused` are decisions. `info` means that nobody knows: the
 * reply was lost, or a failure was answered, and what was asked may or may not have happened.
 */
export type AttemptType = "ok" | "refused" | "info";

/** One attempt of one client, written down by the runner. Times are milliseconds of the runner's monotonic clock. */
export interface HistoryEntry {
  op: Operation;
  /** The code's id; for `lease` and `read`, what was asked about. */
  key: string;
  /** The scan id: all attempts of one scan bear the same. Empty where the operation has none. */
  scan: string;
  /** 1 for the first time this scan was sent. */
  attempt: number;
  /** The API process that was asked. */
  node: string;
  tenant: string;
  invoke: number;
  return: number;
  type: AttemptType;
  /** The refusal's reason, or the failure's name when `info`. */
  reason: string | null;
  redemption: string | null;
  useNo: number | null;
  /** Every id that the reply named: no tenant may hear another's. */
  mentions?: readonly string[];
}

/** What the runner knows of a code because it had it issued. */
export interface CodeFacts {
  tenant: string;
  maxUses: number;
  purpose: "check_out" | "check_in";
  resource: string;
  holder: string;
}

/** One run: what was asked and heard, and of which codes. */
export interface History {
  entries: readonly HistoryEntry[];
  codes: ReadonlyMap<string, CodeFacts>;
}

/** A time during which a fault was on, in the runner's clock. */
export interface FaultWindow {
  fault: string;
  from: number;
  until: number;
}

/** Groups by what `keyOf` says, keeping the order. */
export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
