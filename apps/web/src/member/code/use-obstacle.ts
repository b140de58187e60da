import type { Purpose, Refusal, Resource } from "@tessera/contracts";
import { trpc, useFlag } from "@tessera/sdk/react";
import { useEffect, useRef, useState } from "react";
import { isOpen, isTakenAway, obstacleOf } from "./obstacle.ts";

interface Wish {
  purpose: Purpose;
  thing: Resource | null | undefined;
  isSettled: boolean;
  /** Asks for a new code. */
  onOpen: () => void;
}

/** Why no desk would take the code now; when that has passed, a new code is asked for once. */
export function useObstacle({ purpose, thing, isSettled, onOpen }: Wish): Refusal | null {
  const codesAreOn = useFlag("qr-checkout-enabled", { resourceId: thing?.id }).decision?.value;
  const { loans, loansAreSince } = useLoansSince(isTakenAway({ purpose, thing }) ? thing?.availability.version : null);

  const isOpenNow = isOpen({ purpose, thing, codesAreOn });
  const wasOpen = useRef(isOpenNow);
  useEffect(() => {
    if (isOpenNow && !wasOpen.current && !isSettled) onOpen();
    wasOpen.current = isOpenNow;
  }, [isOpenNow]);

  return obstacleOf({ purpose, thing, codesAreOn, loans, loansAreSince });
}

/** My loans, read again when the thing goes out; `version` is that of its going out, null while it is not. */
function useLoansSince(version: number | null | undefined) {
  const { data, dataUpdatedAt, refetch } = trpc.checkout.mine.useQuery();
  const [heard, setHeard] = useState<{ version: number; at: number } | null>(null);

  useEffect(() => {
    if (version === null || version === undefined) return;
    setHeard({ version, at: Date.now() });
    void refetch(); // gives up a reading that is under way, so whatever comes now was read afterwards
  }, [version, refetch]);

  return { loans: data, loansAreSince: heard !== null && heard.version === version && dataUpdatedAt > heard.at };
}
