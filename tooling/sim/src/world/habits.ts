import type { DeviceId, HandInOutcome, OfflineScan, RedemptionOutcome, UndoOutcome } from "@tessera/contracts";
import { follow } from "@tessera/domain/events/follow";
import type { AdmittedScan, UndoRequest } from "@tessera/domain/redemption/ledger";
import type { ModelWorld } from "@tessera/domain/redemption/model";
import { keyOf, type ModelCode, type ModelNews, type ModelState } from "@tessera/domain/redemption/model/state";

/** A code as it was when a statement began, before it waited for whoever held the row. */
export type Glance = Pick<ModelCode, "uses" | "invalidatedAt" | "lease">;

/**
 * How the parts of the system go about their work where a planted bug may change it. The honest habits call the model and
 * add nothing; `planted/plants.ts` changes one of them at a time.
 */
export interface Habits {
  redeem(model: ModelWorld, scan: AdmittedScan, glance: Glance | null): Promise<RedemptionOutcome>;
  judge(model: ModelWorld, device: DeviceId, scans: readonly OfflineScan[]): Promise<HandInOutcome>;
  undo(model: ModelWorld, request: UndoRequest): Promise<UndoOutcome>;
  /** @param numbers The number that each row of the outbox drew when its statement began. */
  relay(model: ModelWorld, limit: number, numbers: ReadonlyMap<ModelNews, number>): ModelState["journal"];
  /** What an API process makes of a scan before the database sees it. */
  admit(scan: AdmittedScan, newId: () => string): AdmittedScan;
  /** How far off the clock is that the database's rules go by; `node`: the clock of the process that asks. Milliseconds. */
  clockOff(node: number): number;
  /** Whether news is written in the same commit as the change it tells of. */
  tellsWithChange: boolean;
  /** Whether a scan goes on when its lock is not to be had. */
  goesOnWithoutLock: boolean;
  /** Whether an API process opens the rooms of its caller's tenant only. */
  keepsTenantsApart: boolean;
  /** Whether a statement that waited too long is told as the failure it is. */
  tellsBusy: boolean;
  /** How a listener comes to its events. */
  follow: typeof follow;
  /** Whether a desk keeps a scan that it accepted alone until it has read its verdict. */
  keepsUntilVerdict: boolean;
}

export const honest: Habits = {
  redeem: (model, scan) => model.ledger.redeem(scan),
  judge: (model, device, scans) => model.handIns.judge(device, scans),
  undo: (model, request) => model.records.undo(request),
  relay: (model, limit) => model.relay(limit),
  admit: (scan) => scan,
  clockOff: () => 0,
  tellsWithChange: true,
  goesOnWithoutLock: true,
  keepsTenantsApart: true,
  tellsBusy: true,
  follow,
  keepsUntilVerdict: true,
};

/** @returns The code that a scan is about, by either of its names. */
export const codeOf = ({ state }: ModelWorld, lookup: Uint8Array): ModelCode | null =>
  state.codes.get(keyOf(lookup)) ?? state.byOfflineId.get(keyOf(lookup)) ?? null;
