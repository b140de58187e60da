import type { Purpose } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { useRedemptions } from "../../live/live-news.tsx";
import type { HeldCode } from "./held-code.ts";
import { settlementOf } from "./settlement.ts";

const READ_AGAIN_MS = 10_000;

/** What a desk did with these codes, as soon as it is known. */
export function useSettlement(held: HeldCode | undefined, wish: { purpose: Purpose; resourceId: string }) {
  const redemptions = useRedemptions();
  const loans = trpc.checkout.mine.useQuery(undefined, { refetchInterval: READ_AGAIN_MS });
  return held ? settlementOf(held, { ...wish, redemptions, loans: loans.data ?? [] }) : null;
}
