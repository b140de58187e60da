import type { AvailabilityNews, Resync, TenantEvent } from "@tessera/contracts";
import { trpc, useFlag } from "@tessera/sdk/react";
import { createContext, type ReactNode, useContext, useState } from "react";
import { type AvailabilityBoard, emptyBoard, hear } from "./availability-board.ts";
import { noRedemptions, type Redemptions, withRedemption } from "./redemptions.ts";

const BoardContext = createContext<AvailabilityBoard>(emptyBoard);
const RedemptionsContext = createContext<Redemptions>(noRedemptions);

export const useAvailabilityBoard = (): AvailabilityBoard => useContext(BoardContext);
export const useRedemptions = (): Redemptions => useContext(RedemptionsContext);

/** What changes a loan, a reservation or a queue of mine. */
const lending = /^(checkout|reservation|queue)\./;

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

  // Named one by one: a code is in the cache too, and reading that again would issue another.
  const readAgain = () => {
    const kept = [
      utils.resource,
      utils.checkout,
      utils.flag,
      utils.device.list,
      utils.conflict,
      utils.apiKey,
      utils.security,
      utils.key,
      utils.label,
    ];
    for (const one of kept) void one.invalidate();
  };

  const onEvent = (event: TenantEvent | Resync) => {
    if (event.type === "resync") return readAgain();
    if (event.type === "flag.changed") void utils.flag.invalidate(); // what the console lists; `useFlag` hears by itself
    if (event.type.startsWith("device.")) void utils.device.list.invalidate();
    if (event.type === "code.conflict" || event.type === "conflict.settled") void utils.conflict.invalidate();
    if (event.type.startsWith("api_key.")) void utils.apiKey.invalidate();
    if (event.type.startsWith("resource")) void utils.resource.invalidate();
    if (event.type === "key.changed") void utils.key.list.invalidate();
    if (event.type.startsWith("security.")) void utils.security.alerts.invalidate();
    if (event.type.startsWith("address.")) void utils.security.blockedAddresses.invalidate();
    if (lending.test(event.type)) void utils.checkout.invalidate();
    if (event.type.startsWith("label.")) void utils.label.invalidate();
    if (event.type !== "code.redeemed") return;
    setRedemptions((heard) => withRedemption(heard, event));
    void utils.checkout.invalidate();
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
