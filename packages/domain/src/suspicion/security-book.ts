import type {
  AlertId,
  AlertPage,
  AlertQuery,
  AlertSeverity,
  BlockedAddress,
  MemberId,
  SuspicionKind,
} from "@tessera/contracts";
import type { Block } from "./blocks.ts";
import type { Suspicion } from "./notebook.ts";

/** Alerts and blocked addresses as they are written down: of one tenant, or those that are nobody's. */
export interface SecurityBook {
  /** @returns A page of alerts, open ones first, then the newest. */
  alerts(query: Omit<AlertQuery, "everywhere">): Promise<AlertPage>;
  /** @returns False: there is none, or it was looked at before. */
  acknowledge(id: AlertId, by: MemberId): Promise<boolean>;
  /**
   * Nobody is served from there any more; blocked before, it is so for this reason and time now.
   *
   * @returns Null: a thousand are blocked.
   */
  block(block: NewBlock, by: MemberId): Promise<BlockedAddress | null>;
  /** @returns False: it was not blocked. */
  unblock(address: string, by: MemberId): Promise<boolean>;
  /** @returns Those that still hold at that moment, the newest first. */
  blocked(now: Date): Promise<BlockedAddress[]>;
}

export interface NewBlock {
  /** As `networkOf` says it. */
  address: string;
  because: string;
  until: Date | null;
}

/** An alert that is new, or worse than before. */
export interface RaisedAlert {
  kind: SuspicionKind;
  severity: AlertSeverity;
}

/** What one process tells of all tenants, and hears of them. */
export interface SecurityDesk {
  /**
   * Writes suspicions down: one that is open already counts on. What is new or worse is news for its tenant, and what is critical a
   * signal to the breakers, in the same statement.
   *
   * @returns Those.
   */
  raise(suspicions: readonly Suspicion[]): Promise<RaisedAlert[]>;
  /** @returns Every block of everybody. */
  blocks(): Promise<Block[]>;
}
