import type { Resync, TenantEvent } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import type { ElsewhereScan } from "./desk-state.ts";
import { isTurnedAway } from "./send-scan.ts";

/** Hears what the other desks do. Keeps the line open, so that the badge tells the truth. */
export function useNews(onRedeemed: (redemption: ElsewhereScan) => void, onTurnedAway: () => void) {
  const onEvent = (event: TenantEvent | Resync) => {
    if (event.type !== "code.redeemed") return;
    const { redemptionId, resourceId, purpose } = event.payload;
    onRedeemed({ redemptionId, resourceId, purpose, at: event.at });
  };

  trpc.live.events.useSubscription(undefined, {
    onData: ({ data }) => onEvent(data),
    onError: (error) => isTurnedAway(error) && onTurnedAway(),
  });
}
