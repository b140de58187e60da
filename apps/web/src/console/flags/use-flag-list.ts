import { trpc } from "@tessera/sdk/react";

/** News of a flag has the list read again at once. What no news tells of, a request for approval, is seen this soon. */
const LOOK_MS = 10_000;

export const useFlagList = () => trpc.flag.list.useQuery(undefined, { refetchInterval: LOOK_MS });
