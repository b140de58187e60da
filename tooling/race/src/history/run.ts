import type { FaultWindow, History } from "./history.ts";
import type { Records } from "./records.ts";

/** One event as a subscriber got it. */
export interface SeenEvent {
  seq: number;
  /** `resync` means: what came before `seq` was not told one by one, read the lists again. */
  type: string;
  entity: string;
  mentions?: readonly string[];
}

/** What one subscriber of a tenant heard, in the order it came, every reconnection included. */
export interface Subscriber {
  name: string;
  tenant: string;
  /** It hears all news after this number. */
  after: number;
  events: readonly SeenEvent[];
  /** The state of the resources as it believed at the end; null when it kept none. */
  view: ReadonlyMap<string, { state: "free" | "out" | "held"; version: number }> | null;
}

/** A scan that a desk without a line decided by itself, and what it heard when it handed it in. */
export interface OfflineScan {
  seq: number;
  scan: string;
  code: string;
  /** Whether the desk held the code's lease. */
  leased: boolean;
  /** Null: it was never told, and still holds the scan. */
  verdict: { type: "ok" | "refused"; reason: string | null } | null;
}

export interface OfflineDevice {
  device: string;
  tenant: string;
  scans: readonly OfflineScan[];
}

/** All that is known of one run. Every checker takes from it what it needs. */
export interface Run {
  history: History;
  records: Records;
  subscribers: readonly Subscriber[];
  devices: readonly OfflineDevice[];
  faults: readonly FaultWindow[];
  /** When the last fault was over; null when the run did not go on after that. */
  healedAt: number | null;
}
