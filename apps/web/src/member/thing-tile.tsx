import type { Resource, Speech } from "@tessera/contracts";
import { AvailabilityLine, ResourcePicture } from "@tessera/ui";
import { Link } from "react-router";

/** A thing as a tile: a large picture first, for choosing with the eye. */
export function ThingTile({ resource, speech }: { resource: Resource; speech: Speech }) {
  const { id, name, kind, place, availability } = resource;
  return (
    <Link
      to={`/things/${id}`}
      className="flex h-full flex-col overflow-hidden rounded-card border border-line bg-surface transition-colors hover:border-edge"
    >
      <ResourcePicture kind={kind} seed={id} form="card" className="aspect-[6/5] w-full" />
      <span className="grid grow grid-cols-1 content-start gap-0.5 p-3">
        <span className="leading-snug font-semibold">{name}</span>
        <span className="text-xs text-ink-soft">{place}</span>
        <AvailabilityLine availability={availability} speech={speech} className="mt-1 text-sm" />
      </span>
    </Link>
  );
}

/** A thing as a row: many on one screen, for looking through. */
export function ThingRow({ resource, speech }: { resource: Resource; speech: Speech }) {
  const { id, name, kind, place, availability } = resource;
  return (
    <Link
      to={`/things/${id}`}
      className="flex h-full items-stretch overflow-hidden rounded-card border border-line bg-surface transition-colors hover:border-edge"
    >
      <ResourcePicture kind={kind} seed={id} className="w-20 shrink-0" />
      <span className="grid min-h-20 min-w-0 grow grid-cols-1 content-center gap-0.5 px-4 py-2.5">
        <span className="leading-snug font-semibold">{name}</span>
        <span className="flex flex-wrap justify-between gap-x-3 text-sm">
          <AvailabilityLine availability={availability} speech={speech} />
          <span className="text-ink-soft">{place}</span>
        </span>
      </span>
    </Link>
  );
}
