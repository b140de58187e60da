import { trpc } from "@tessera/sdk/react";
import { useMemo } from "react";
import type { Names } from "./history/diff.ts";

/** The names of the tenants that the console knows: the most active ones. Empty until they are read. */
export function useTenantNames(): Names {
  const { data } = trpc.flag.ramp.canaries.useQuery();
  return useMemo(() => new Map(data?.map(({ tenantId, name }) => [tenantId, name])), [data]);
}
