import type { DeviceId, Resync, TenantEvent } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import type { ElsewhereScan } from "./desk-state.ts";
import { isTurnedAway } from "./send-scan.ts";

interface NewsOptions {
  deviceId: DeviceId;
  onRedeemed?: (redemption: ElsewhereScan) => void;
  /** There is one more code somebody may show here. */
  onIssued?: () => void;
  /** There is one more desk in this house. */
  onOtherDesk?: () => void;
  /** Something happened to this desk itself. */
  onOwn: () => void;
  onTurnedAway: () => void;
}

/** Hears what the other desks do, and what happens to this one. Keeps the line open, so that the badge tells the truth. */
export function useNews({ deviceId, onRedeemed, onIssued, onOtherDesk, onOwn, onTurnedAway }: NewsOptions) {
  const onEvent = (event: TenantEvent | Resync) => {
    if (event.type === "resync" || (event.entityId === deviceId && event.type.startsWith("device."))) onOwn();
    if (event.type === "device.paired" && event.entityId !== deviceId) onOtherDesk?.();
    if (event.type === "resync" || event.type === "code.issued") onIssued?.();
    if (event.type !== "code.redeemed") return;
    const { redemptionId, resourceId, purpose } = event.payload;
    onRedeemed?.({ redemptionId, resourceId, purpose, at: event.at });
  };

  trpc.live.events.useSubscription(undefined, {
    onData: ({ data }) => onEvent(data),
    onError: (error) => isTurnedAway(error) && onTurnedAway(),
  });
}
