import type { Availability, AvailabilityNews, Resource } from "@tessera/contracts";

/** The newest state heard of each resource, by its id. */
export type AvailabilityBoard = ReadonlyMap<string, Availability>;

export const emptyBoard: AvailabilityBoard = new Map();

/** The board after news. The higher version wins, so news out of order do no harm; complete news replace the board. */
export function hear(board: AvailabilityBoard, { resources, complete }: AvailabilityNews): AvailabilityBoard {
  const next = new Map(complete ? [] : board);
  for (const news of resources) {
    const held = next.get(news.resourceId);
    if (!held || news.version > held.version) next.set(news.resourceId, news);
  }
  return next;
}

/**
 * A resource as it is known best. The board is kept beside the lists rather than written into them: an answer that was
 * on its way when news came would bring the old state back.
 */
export function atItsNewest(resource: Resource, board: AvailabilityBoard): Resource {
  const heard = board.get(resource.id);
  return heard && heard.version > resource.availability.version ? { ...resource, availability: heard } : resource;
}
