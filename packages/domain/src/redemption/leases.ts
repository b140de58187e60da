import type { CodeId, DeviceId, MemberId, Named, OfflinePolicy, Purpose, ResourceId } from "@tessera/contracts";

/** A device stops deciding by its leases this long before the server does, so that small clock errors cannot overlap. */
export const EARLY_STOP_SECONDS = 120;
/** The longest a desk may hold a code. */
export const LONGEST_LEASE_HOURS = 8;
export const DEFAULT_LEASES = 200;

/** A code that a desk holds ready, with all that is needed to decide about it alone. */
export interface LeasedCode {
  codeId: CodeId;
  /** 32 bytes; only who shows the code can compute it. */
  offlineId: Uint8Array<ArrayBuffer>;
  purpose: Purpose;
  uses: number;
  maxUses: number;
  opensAt: Date;
  expiresAt: Date;
  holder: Named<MemberId>;
  resource: Named<ResourceId> & { loanMinutes: number };
  /** Who had the resource when the lease was given; null when it was free. */
  standing: { holderId: MemberId; holder: string; dueAt: Date } | null;
}

/** The codes a desk holds, and until when the server keeps them for it. */
export interface LeaseGrant {
  issuedAt: Date;
  until: Date;
  codes: readonly LeasedCode[];
}

/** Codes that are set aside for one desk, so that it can redeem them without a network and nobody else can meanwhile. */
export interface Leases {
  /** @returns The tenant's choice, and its number (in signed codes). */
  policy(): Promise<{ policy: OfflinePolicy; tenantNumber: number }>;
  /**
   * Takes, or prolongs, leases on codes that can still be used: those made for this desk; and those made for none, when
   * it is the tenant's only desk. Rotating codes are never leased: a desk alone cannot tell their steps.
   *
   * @param device The desk.
   * @param hours 1 to 8.
   * @param most 1 to 500.
   */
  take(device: DeviceId, hours: number, most: number): Promise<LeaseGrant>;
  /** Gives all leases of a desk back. @returns How many. */
  release(device: DeviceId): Promise<number>;
  /** @returns Offline ids of codes that must not pass at a desk that judges by signature: used or cancelled, not yet expired. */
  spent(): Promise<readonly Uint8Array<ArrayBuffer>[]>;
}
