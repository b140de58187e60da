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

/** One thing in its newest state; null when there is none with this id. */
export function useResource(resourceId: string) {
  const found = trpc.resource.get.useQuery({ resourceId });
  const board = useAvailabilityBoard();
  return { ...found, data: found.data && atItsNewest(found.data, board) };
}
