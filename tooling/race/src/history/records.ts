/** What the database holds when a run is over: the truth that the history is judged by. Ids are UUIDs in lower case. */
export interface Records {
  codes: readonly CodeRecord[];
  redemptions: readonly RedemptionRecord[];
  scans: readonly ScanRecord[];
  resources: readonly { id: string; tenant: string; version: number }[];
  checkouts: readonly CheckoutRecord[];
  /** Offline scans that came too late: double hand-outs, found when a desk handed in. */
  conflicts: readonly { scan: string; tenant: string; code: string | null }[];
  /** What the relay has not numbered yet. */
  outbox: readonly OutboxRecord[];
  /** By tenant and number. */
  journal: readonly JournalRecord[];
  /** The head of each tenant's journal, as the relay keeps it. */
  heads: ReadonlyMap<string, { seq: number; hash: string }>;
  /** Whose an id is: every code, redemption, resource, check-out, member and device of the database. */
  owners: ReadonlyMap<string, string>;
}

export interface CodeRecord {
  id: string;
  tenant: string;
  uses: number;
  maxUses: number;
}

export interface RedemptionRecord {
  id: string;
  tenant: string;
  code: string;
  useNo: number;
  scan: string;
}

export interface ScanRecord {
  scan: string;
  tenant: string;
  outcome: "pending" | "redeemed" | "refused";
  reason: string | null;
  /** Its own redemption, or the one that took the code before. */
  redemption: string | null;
  code: string | null;
  /** Whether a desk without a line decided it first and handed it in later. */
  offline: boolean;
}

export interface CheckoutRecord {
  id: string;
  tenant: string;
  resource: string;
  holder: string;
  isOpen: boolean;
}

export interface OutboxRecord {
  tenant: string;
  type: string;
  entity: string;
  entityVersion: number;
  scan: string | null;
  /** The payload as the database writes it: the chain covers these very letters. */
  payload: string;
}

export interface JournalRecord extends OutboxRecord {
  seq: number;
  /** Hexadecimal, as `hash`. */
  prevHash: string;
  hash: string;
  actor: string | null;
  device: string | null;
  /** ISO 8601 in UTC with microseconds. */
  at: string;
}
