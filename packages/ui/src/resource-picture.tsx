import type { ResourceKind } from "@tessera/contracts";
import {
  Armchair,
  Bike,
  Camera,
  CookingPot,
  Hammer,
  type LucideIcon,
  Sprout,
  TowelRack,
  Volleyball,
  WavesHorizontal,
} from "lucide-react";
import { useMemo } from "react";
import { mosaic, tilesPath } from "./mosaic.ts";

interface ResourcePictureProps {
  kind: ResourceKind;
  /** What the mosaic is laid from: the thing's id, so that each has its own. */
  seed: string;
  /** `tile` is a square in a list, `card` a picture above a name, `banner` one above a page. */
  form?: "tile" | "card" | "banner";
  className?: string;
}

/** A thing without a photo: its kind as an icon in a mosaic of its own. Decoration; the name stands beside it. */
export function ResourcePicture({ kind, seed, form = "tile", className = "" }: ResourcePictureProps) {
  const { Icon, ink, wash } = pictures[kind];
  const [columns, rows] = forms[form];
  const shades = useMemo(() => mosaic(seed, columns, rows), [seed, columns, rows]);

  return (
    <span aria-hidden className={`relative block overflow-hidden ${wash} ${ink} ${className}`}>
      <svg
        aria-hidden
        viewBox={`-0.5 -0.5 ${columns * 10} ${rows * 10}`}
        preserveAspectRatio="xMidYMid slice"
        className="absolute inset-0 size-full fill-current"
      >
        <path d={tilesPath(shades, 1, columns)} opacity="0.07" />
        <path d={tilesPath(shades, 2, columns)} opacity="0.16" />
        <path d={tilesPath(shades, 3, columns)} opacity="0.42" />
      </svg>
      <Icon
        strokeWidth={1.75}
        className={`absolute inset-0 m-auto ${form === "banner" ? "size-20 lg:size-28" : "size-[42%]"}`}
      />
    </span>
  );
}

const forms = { tile: [5, 5], card: [6, 5], banner: [15, 5] } as const;

const accent = { ink: "text-accent", wash: "bg-accent-wash" };
const ok = { ink: "text-ok", wash: "bg-ok-wash" };
const wait = { ink: "text-wait-word", wash: "bg-wait-wash" };
const info = { ink: "text-info", wash: "bg-info-wash" };

const pictures: Record<ResourceKind, { Icon: LucideIcon; ink: string; wash: string }> = {
  tool: { Icon: Hammer, ...accent },
  room: { Icon: Armchair, ...info },
  bike: { Icon: Bike, ...ok },
  camera: { Icon: Camera, ...info },
  garden: { Icon: Sprout, ...ok },
  kitchen: { Icon: CookingPot, ...wait },
  sport: { Icon: Volleyball, ...accent },
  spa: { Icon: WavesHorizontal, ...info },
  towel: { Icon: TowelRack, ...wait },
};
