import { ResourcePicture } from "@tessera/ui";

const kinds = ["tool", "bike", "garden", "room", "camera", "kitchen", "sport", "spa", "towel"] as const;
const tiles = Array.from({ length: 18 }, (_, place) => ({
  place,
  kind: kinds[(place * 5 + Math.floor(place / 9)) % 9] ?? "tool",
}));

/** The wall beside the door: what one may find inside, in tiles. A strip on phones, a wall on wide screens. */
export function Threshold() {
  return (
    <div
      aria-hidden
      className="grid h-20 auto-rows-min grid-cols-5 gap-0.5 overflow-hidden bg-line sm:grid-cols-10 lg:h-svh lg:grid-cols-3"
    >
      {tiles.map(({ place, kind }) => (
        <ResourcePicture key={place} kind={kind} seed={`door ${place}`} className="aspect-square" />
      ))}
    </div>
  );
}
