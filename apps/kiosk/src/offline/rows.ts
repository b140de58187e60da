import type { DeviceId, Instant, Manifest, OfflineScan, RefusalReason, ScanId } from "@tessera/contracts";
import type { SignedFlagSet } from "@tessera/contracts/flags";
import type { Moment } from "./desk-clock.ts";

/** This device's own story: how far it is, and with what its outbox is sealed. One row. */
export interface DeviceRow {
  id: 1;
  /** Grows with every write to any table. Who decides on what it read writes only while this is unchanged. */
  version: number;
  /** Of the newest scan accepted here. */
  seq: number;
  /** Of the same, base64url: the end of the chain. */
  hash: string;
  /** Leaves this browser's memory in no form that a script could read. */
  key: CryptoKey;
  /** Since when the server wants staff to look at this device; null while all is well. */
  quarantinedAt: Instant | null;
  /** When a hand-in was last answered, by this device's clock. */
  handedInAt: Instant | null;
}

/** What the server allowed this desk, without the entries. One row. */
export interface ManifestRow extends Pick<Manifest, "policy" | "issuedAt" | "validForSeconds" | "salt"> {
  id: 1;
  /**
   * The newest moment the desk has looked at its clock, and how much of the time since it asked for the manifest had gone
   * by then, milliseconds. Asked for is before issued, so a lease counted from there is never too long.
   */
  seen: Moment;
  elapsedMs: number;
  signed: Omit<NonNullable<Manifest["signed"]>, "spent"> | null;
  /** Codes let through by their signature since the last contact. */
  bySignature: number;
}

/** The newest flags this desk was told. Whom it believes next stands in the set itself. One row. */
export interface FlagSetRow extends SignedFlagSet {
  id: 1;
  /** As those of the manifest: how old the set is, counted from when it was asked for. */
  seen: Moment;
  elapsedMs: number;
}

/** One entry of the manifest: nobody without the code can open it, or tell it from another. */
export interface EntryRow {
  tag: string;
  sealed: string;
}

/** What is known of a code beyond its entry. */
export interface UseRow {
  tag: string;
  /** Uses since the manifest, here or through the server. */
  taken: number;
  /** No use is left, whatever the entry says. */
  isSpent: boolean;
  revokedAt: Instant | null;
  /** The newest use at this desk. */
  at: Instant | null;
}

/** Where a thing is since the manifest. Named by a mark: neither thing nor person can be read from it. */
export interface ThingRow {
  thing: string;
  /** Who has it, as a mark of person and thing; null when it is here. */
  holder: string | null;
  checkoutId: string;
  dueAt: Instant;
}

/** A scan that was decided here: the idempotency record. What it heard opens only with its own fingerprint. */
export interface ScanRow {
  scanId: ScanId;
  fingerprintMark: string;
  sealed: string;
  /** When, by this device's clock, milliseconds: for throwing old rows away. */
  at: number;
}

/** A scan that was accepted here and not handed in yet. `sealed`: its `SealedScan`, under the device's key. */
export interface OutboxRow extends Omit<OfflineScan, "offlineId"> {
  /** Of its code in the present manifest, which stays until the outbox is empty. */
  tag: string;
  sealed: string;
}

/** What a waiting scan is about. */
export interface SealedScan {
  offlineId: string;
  /** Name of the thing; null for a code that was judged by its signature. */
  resource: string | null;
}

/** A scan that was handed in, with its verdict. `sealed`: the name of the thing, under the device's key. */
export interface HistoryRow {
  seq: number;
  scanId: ScanId;
  claimedAt: Instant;
  basis: OfflineScan["basis"];
  verdict: "redeemed" | RefusalReason;
  sealed: string;
  /** When the verdict was heard, by this device's clock, milliseconds. */
  at: number;
}

/** A scan that may have reached the server, and whose answer nobody has seen. */
export interface SentRow {
  scanId: ScanId;
  /** Its code in the present manifest; null when there was none. */
  tag: string | null;
  /** When it was sent, by this device's clock, milliseconds. */
  at: number;
}

/** Whose store this is. */
export interface DeskIdentity {
  deviceId: DeviceId;
  /** As people call it: "Front desk". */
  name: string;
}
