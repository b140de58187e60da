import type { FlagKey } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { useFlagRevision } from "./live-news.tsx";

const ASK_AGAIN_MS = 500;

/**
 * One flag as it is for me. News of a change can be faster than the process that answers: an answer older than the news
 * is asked for again.
 */
export function useFlag(key: FlagKey) {
  const heard = useFlagRevision();
  return trpc.flag.evaluate.useQuery(
    { key },
    { refetchInterval: ({ state }) => (state.data && state.data.revision < heard ? ASK_AGAIN_MS : false) },
  );
}
