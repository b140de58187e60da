import type { TenantEvent } from "@tessera/contracts";

export type RedeemedEvent = Extract<TenantEvent, { type: "code.redeemed" }>;

/** My own redemptions heard since the page was opened, by the id of the code. */
export type Redemptions = ReadonlyMap<string, RedeemedEvent>;

export const noRedemptions: Redemptions = new Map();

const KEPT = 50;

export function withRedemption(heard: Redemptions, event: RedeemedEvent): Redemptions {
  const next = new Map(heard).set(event.entityId, event);
  const [oldest] = next.keys();
  if (next.size > KEPT && oldest !== undefined) next.delete(oldest);
  return next;
}
