import type { OpeningHours, Place, PlaceId, PlaceKind, VisitId } from "@tessera/contracts";
import { shownSigns } from "@tessera/domain/guests/signs";
import { labelPath } from "@tessera/domain/qr/label-key";

/** What is read of a place that staff look at: its label, and the visit that goes on there. */
export const SHOWN_PLACE = {
  labels: { where: { retiredAt: null } },
  visits: { where: { endedAt: null }, include: { _count: { select: { sessions: { where: { endedAt: null } } } } } },
} as const;

interface PlaceRow {
  id: string;
  parentId: string | null;
  kind: string;
  name: string;
  hours: unknown;
  labels: { key: string; signs: string[] }[];
  visits: { id: string; openedAt: Date; _count: { sessions: number } }[];
}

/** @returns A row as `SHOWN_PLACE` reads it, as staff see it. */
export function placeOf({ id, parentId, kind, name, hours, labels: [label], visits: [visit] }: PlaceRow): Place {
  return {
    id: id as PlaceId,
    parentId: parentId as PlaceId | null,
    kind: kind as PlaceKind,
    name,
    hours: hours as OpeningHours | null,
    label: label ? { key: label.key, path: labelPath(label.key), signs: shownSigns(label.signs) } : null,
    visit: visit
      ? { id: visit.id as VisitId, openedAt: visit.openedAt.toISOString(), guests: visit._count.sessions }
      : null,
  };
}
