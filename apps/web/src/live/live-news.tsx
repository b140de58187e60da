import type { AvailabilityNews, Resync, TenantEvent } from "@tessera/contracts";
import { trpc, useFlag } from "@tessera/sdk/react";
import { createContext, type ReactNode, useContext, useState } from "react";
import { type AvailabilityBoard, emptyBoard, hear } from "./availability-board.ts";
import { noRedemptions, type Redemptions, withRedemption } from "./redemptions.ts";

const BoardContext = createContext<AvailabilityBoard>(emptyBoard);
const RedemptionsContext = createContext<Redemptions>(noRedemptions);

export const useAvailabilityBoard = (): AvailabilityBoard => useContext(BoardContext);
export const useRedemptions = (): Redemptions => useContext(RedemptionsContext);

/**
 * What is read again after which news, and all of it where news was missed. Named one by one: a code is in the cache too, and
 * reading that again would issue another.
 */
const readAgainOn = (utils: ReturnType<typeof trpc.useUtils>): [RegExp, { invalidate(): Promise<void> }][] => [
  [/^resources?\./, utils.resource],
  [/^(checkout|reservation|queue)\.|^code\.redeemed$/, utils.checkout],
  [/^flag\.changed$/, utils.flag], // what the console lists; `useFlag` hears by itself
  [/^device\./, utils.device.list],
  [/^(code\.conflict|conflict\.settled)$/, utils.conflict],
  [/^api_key\./, utils.apiKey],
  [/^key\.changed$/, utils.key.list],
  [/^security\./, utils.security.alerts],
  [/^address\./, utils.security.blockedAddresses],
  [/^label\./, utils.label],
  [/^request\./, utils.request.list],
  [/^(place|visit|guest)\./, utils.place.list],
];

/** Listens to the tenant for as long as somebody is signed in, and lets the screens below know. */
export function LiveNews({ children }: { children: ReactNode }) {
  const utils = trpc.useUtils();
  const [board, setBoard] = useState(emptyBoard);
  const [redemptions, setRedemptions] = useState(noRedemptions);

  const onAvailability = (news: AvailabilityNews) => {
    setBoard((held) => hear(held, news));
    for (const { resourceId } of news.complete ? [] : news.resources)
      void utils.checkout.line.invalidate({ resourceId });
    const listed = utils.resource.list.getData();
    const isListed = (id: string) => listed?.some((resource) => resource.id === id);
    if (listed && !news.resources.every(({ resourceId }) => isListed(resourceId)))
      void utils.resource.list.invalidate();
  };

  const onEvent = (event: TenantEvent | Resync) => {
    for (const [types, kept] of readAgainOn(utils)) {
      if (event.type === "resync" || types.test(event.type)) void kept.invalidate();
    }
    if (event.type === "code.redeemed") setRedemptions((heard) => withRedemption(heard, event));
  };

  trpc.live.availability.useSubscription(undefined, { onData: ({ data }) => onAvailability(data) });
  trpc.live.events.useSubscription(undefined, { onData: ({ data }) => onEvent(data) });
  useFlag("qr-checkout-enabled"); // listened to from here on, so that no screen begins without knowing

  return (
    <BoardContext value={board}>
      <RedemptionsContext value={redemptions}>{children}</RedemptionsContext>
    </BoardContext>
  );
}
