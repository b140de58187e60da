import type { DeviceId, OfflineScan } from "@tessera/contracts";
import { fromBase64url } from "../../qr/base64url.ts";
import type { Conflicts, HandIns } from "../hand-in.ts";
import type { AdmittedScan } from "../ledger.ts";
import type { modelLedger } from "./ledger.ts";
import { type ModelDevice, type ModelState, tell } from "./state.ts";

/** Judging scans that desks accepted alone, as a model. */
export function modelHandIns(state: ModelState, { decide }: Pick<ReturnType<typeof modelLedger>, "decide">): HandIns {
  /** @returns How the device's story goes on with this scan; null when it does not fit. */
  function follows(
    device: ModelDevice,
    { seq, scanId, prev, hash }: OfflineScan,
  ): "known" | { missing: number } | null {
    if (device.chainHash !== null && seq <= device.chainSeq) {
      const known = device.told.get(seq);
      return known?.scanId === scanId && known.hash === hash ? "known" : null;
    }
    if (device.chainHash === null) return { missing: 0 };
    if (seq > device.chainSeq + 1) return { missing: seq - device.chainSeq - 1 };
    return prev === device.chainHash ? { missing: 0 } : null;
  }

  function quarantine(device: ModelDevice) {
    device.quarantinedAt ??= state.now();
    tell(state, { type: "device.quarantined", entityId: device.id, version: 0, scanId: null, payload: {} });
    return { kind: "quarantined", at: device.quarantinedAt.toISOString() } as const;
  }

  return {
    async judge(id, scans) {
      const device = state.devices.get(id);
      if (!device) throw new Error("there is no such device");
      if (device.quarantinedAt) return { kind: "quarantined", at: device.quarantinedAt.toISOString() };

      const story = { ...device };
      let missing = 0;
      for (const scan of scans) {
        const step = follows(story, scan);
        if (!step) return quarantine(device);
        if (step === "known") continue;
        missing += step.missing;
        story.chainSeq = scan.seq;
        story.chainHash = scan.hash;
      }
      Object.assign(device, story);
      for (const { seq, scanId, hash } of scans) device.told.set(seq, { scanId, hash });
      if (missing > 0) {
        tell(state, { type: "device.gap", entityId: id, version: 0, scanId: null, payload: { missing } });
      }
      return {
        kind: "judged",
        verdicts: scans.map((scan) => ({ seq: scan.seq, outcome: decide(admitted(id, scan)) })),
      };
    },

    async release(id) {
      const device = state.devices.get(id);
      if (!device?.quarantinedAt) return false;
      Object.assign(device, {
        quarantinedAt: null,
        epoch: device.epoch + 1,
        chainSeq: 0,
        chainHash: null,
        told: new Map(),
      });
      tell(state, { type: "device.released", entityId: id, version: 0, scanId: null, payload: {} });
      return true;
    },
  };
}

/** Conflicts as a model. */
export function modelConflicts(state: ModelState): Conflicts {
  return {
    list: async () =>
      state.conflicts.toReversed().sort((one, other) => Number(!!one.settledAt) - Number(!!other.settledAt)),
    async settle(id, resolution) {
      const conflict = state.conflicts.find((one) => one.id === id);
      if (!conflict || conflict.settledAt) return false;
      Object.assign(conflict, { settledAt: state.now().toISOString(), resolution });
      tell(state, { type: "conflict.settled", entityId: id, version: 0, scanId: null, payload: { resolution } });
      return true;
    },
  };
}

/** A scan of a desk's story as the ledger takes it: its fingerprint is the code it names. */
function admitted(deviceId: DeviceId, { scanId, offlineId, claimedAt }: OfflineScan): AdmittedScan {
  const lookup = fromBase64url(offlineId);
  return {
    scanId,
    lookup,
    fingerprint: lookup,
    source: "camera",
    by: { deviceId, memberId: null },
    claimedAt: new Date(claimedAt),
  };
}
