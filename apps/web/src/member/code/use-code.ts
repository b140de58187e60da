import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Purpose } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { useEffect } from "react";
import { useLocation } from "react-router";
import { codeTime, type HeldCode, holdCode, renewalIsDue } from "./held-code.ts";
import { keepCode } from "./kept-codes.ts";

/**
 * A code for this visit, renewed before it ends until `isSettled`. It is kept by the query cache under the visit's own
 * key: React mounting the screen twice asks once, going back finds the same code, and leaving cancels nothing.
 */
export function useCode({ purpose, resourceId }: { purpose: Purpose; resourceId: string }) {
  const visit = useLocation().key;
  const { client } = trpc.useUtils();
  const cache = useQueryClient();
  const queryKey = ["code", visit, purpose, resourceId];

  return useQuery({
    queryKey,
    queryFn: async () => {
      const askedAt = Date.now();
      const outcome = await client.qr.issue.mutate({ purpose, resourceId });
      if (outcome.kind === "issued") keepCode(localStorage, { code: outcome, askedAt });
      return holdCode(cache.getQueryData<HeldCode>(queryKey), outcome, askedAt);
    },
    staleTime: Number.POSITIVE_INFINITY,
    networkMode: "always",
  });
}

type CodeQuery = ReturnType<typeof useCode>;

/** Asks for the next code in time. A failed renewal leaves the code on show, which is good until its end. */
export function useRenewal({ data, isFetching, errorUpdatedAt, refetch }: CodeQuery, now: number, isSettled: boolean) {
  const issued = data?.outcome.kind === "issued" ? data.outcome : null;
  const time = data && issued && codeTime(issued, data.askedAt, now);
  const isDue = !!time && !isSettled && renewalIsDue(time, { isAsking: isFetching, failedAt: errorUpdatedAt, now });

  useEffect(() => {
    if (isDue) void refetch();
  }, [isDue, refetch]);

  return time ?? null;
}
