import type {
  CheckoutId,
  CodeId,
  Conflict,
  DeviceId,
  MemberId,
  Named,
  Purpose,
  RedemptionId,
  RedemptionOutcome,
  ResourceId,
  ScanId,
  TenantEvent,
} from "@tessera/contracts";
import type { Redeemer } from "../ledger.ts";
import type { CodeFacts } from "../rules.ts";

/** A code as the model keeps it. */
export interface ModelCode extends CodeFacts {
  id: CodeId;
  lookup: Uint8Array;
  offlineId: Uint8Array<ArrayBuffer>;
  purpose: Purpose;
  holder: Named<MemberId>;
  resource: ModelResource;
  isRotating: boolean;
  lastStep: number | null;
  lease: { deviceId: DeviceId; until: Date } | null;
  /** The desk it was made for. */
  deskId: DeviceId | null;
  version: number;
  /** With so many things its holder takes no more; null, or left out: any number. */
  loanLimit?: number | null;
}

/** A thing; one object for all codes that are about it. */
export interface ModelResource extends Named<ResourceId> {
  loanMinutes: number;
  version: number;
}

export interface ModelCheckout {
  id: CheckoutId;
  resource: ModelResource;
  holder: Named<MemberId>;
  outAt: Date;
  dueAt: Date;
  returnedAt: Date | null;
}

/** One row for each yes. */
export interface ModelRedemption {
  id: RedemptionId;
  code: ModelCode;
  useNo: number;
  scanId: ScanId;
  checkout: ModelCheckout;
  by: Redeemer;
  at: Date;
  undoneAt: Date | null;
}

/** One row for each scan that was decided, or withdrawn: the fingerprint is null when nobody said what it was for. */
export interface ModelScan {
  fingerprint: string | null;
  outcome: RedemptionOutcome;
  by: Redeemer;
  /** A stored scan may be forgotten after 30 days; its redemption stays. */
  redemption: ModelRedemption | null;
}

export interface ModelDevice extends Named<DeviceId> {
  epoch: number;
  chainSeq: number;
  /** null at the beginning of an epoch: whatever comes first begins the chain. */
  chainHash: string | null;
  quarantinedAt: Date | null;
  /** What it has told in this epoch, by number. */
  told: Map<number, { scanId: ScanId; hash: string }>;
}

/** What is written with a change, before it has a number. */
export interface ModelNews {
  type: TenantEvent["type"];
  entityId: string;
  version: number;
  at: Date;
  scanId: ScanId | null;
  payload: object;
}

/** Everything of one tenant, as plain data. */
export interface ModelState {
  now(): Date;
  /** @returns A fresh UUID. */
  newId(): string;
  codes: Map<string, ModelCode>;
  /** The same codes by their offline ids. */
  byOfflineId: Map<string, ModelCode>;
  scans: Map<ScanId, ModelScan>;
  redemptions: ModelRedemption[];
  checkouts: ModelCheckout[];
  openCheckouts: Map<ResourceId, ModelCheckout>;
  conflicts: Conflict[];
  devices: Map<DeviceId, ModelDevice>;
  /** Names of the members of staff who redeem at a screen of their own. */
  staff: Map<MemberId, string>;
  outbox: ModelNews[];
  journal: Array<ModelNews & { seq: number }>;
}

/** @returns Bytes as a key of a map. */
export const keyOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** @returns The name a screen gives to who redeemed. */
export const deskOf = ({ devices, staff }: ModelState, { deviceId, memberId }: Redeemer): string | null =>
  (memberId === null ? devices.get(deviceId)?.name : staff.get(memberId)) ?? null;

/** Writes news down with the change it tells of. */
export function tell(state: ModelState, news: Omit<ModelNews, "at">): void {
  state.outbox.push({ ...news, at: state.now() });
}
