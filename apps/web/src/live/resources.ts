import { trpc } from "@tessera/sdk/react";
import { useMemo } from "react";
import { atItsNewest } from "./availability-board.ts";
import { useAvailabilityBoard } from "./live-news.tsx";

/** What the community lends, each thing in its newest state. */
export function useResources() {
  const list = trpc.resource.list.useQuery();
  const board = useAvailabilityBoard();
  const resources = useMemo(() => list.data?.map((resource) => atItsNewest(resource, board)), [list.data, board]);
  return { ...list, data: resources };
}

/** One thing in its newest state. `isMissing` when there is none with this id, or when it is no id at all. */
export function useResource(resourceId: string) {
  const found = trpc.resource.get.useQuery({ resourceId });
  const board = useAvailabilityBoard();
  const isMissing = found.data === null || found.error?.data?.code === "BAD_REQUEST";
  return { ...found, data: found.data && atItsNewest(found.data, board), isMissing };
}
