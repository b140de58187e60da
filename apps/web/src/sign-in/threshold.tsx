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
      className="grid auto-rows-min grid-cols-5 gap-0.5 overflow-hidden border-b border-line bg-line sm:grid-cols-9 lg:h-svh lg:grid-cols-3 lg:border-0"
    >
      {tiles.map(({ place, kind }) => (
        <ResourcePicture
          key={place}
          kind={kind}
          seed={`door ${place}`}
          className={`aspect-square ${shownFrom(place)}`}
        />
      ))}
    </div>
  );
}

function shownFrom(place: number): string {
  if (place < 5) return "";
  return place < 9 ? "max-sm:hidden" : "max-lg:hidden";
}
