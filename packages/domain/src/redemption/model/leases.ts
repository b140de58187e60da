import type { DeviceId, OfflinePolicy } from "@tessera/contracts";
import type { LeasedCode, Leases } from "../leases.ts";
import { type ModelCode, type ModelState, tell } from "./state.ts";

/** Leases as a model. */
export function modelLeases(state: ModelState, policy: () => OfflinePolicy): Leases {
  const mayHold = (code: ModelCode, device: DeviceId): boolean =>
    code.deskId === device || (code.deskId === null && state.devices.size === 1);

  return {
    policy: async () => ({ policy: policy(), tenantNumber: 1 }),

    async take(device, hours, most) {
      const now = state.now();
      const until = new Date(now.getTime() + hours * 3_600_000);
      const taken = [...state.codes.values()]
        .filter((code) => !code.isRotating && mayHold(code, device) && code.expiresAt > now && !code.invalidatedAt)
        .filter((code) => code.uses < code.maxUses && (!code.lease || code.lease.until <= now || isOf(code, device)))
        .slice(0, most);
      for (const code of taken) {
        code.lease = { deviceId: device, until };
        code.version++;
      }
      if (taken.length > 0) {
        tell(state, {
          type: "device.leased",
          entityId: device,
          version: 0,
          scanId: null,
          payload: { count: taken.length },
        });
      }
      return { issuedAt: now, until, codes: taken.map((code) => leased(state, code)) };
    },

    async release(device) {
      const held = [...state.codes.values()].filter((code) => isOf(code, device));
      for (const code of held) {
        code.lease = null;
        code.version++;
      }
      return held.length;
    },

    async spent() {
      const now = state.now();
      return [...state.codes.values()]
        .filter((code) => code.expiresAt > now)
        .filter((code) => code.invalidatedAt !== null || code.uses >= code.maxUses)
        .map((code) => code.offlineId);
    },
  };
}

const isOf = ({ lease }: ModelCode, device: DeviceId): boolean => lease?.deviceId === device;

function leased({ openCheckouts }: ModelState, code: ModelCode): LeasedCode {
  const { id: codeId, offlineId, purpose, uses, maxUses, opensAt, expiresAt, holder, resource } = code;
  const standing = openCheckouts.get(resource.id);
  return {
    codeId,
    offlineId,
    purpose,
    uses,
    maxUses,
    opensAt,
    expiresAt,
    holder,
    resource: { id: resource.id, name: resource.name, loanMinutes: resource.loanMinutes },
    standing: standing ? { holderId: standing.holder.id, holder: standing.holder.name, dueAt: standing.dueAt } : null,
  };
}
