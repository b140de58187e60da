import type { CodeText } from "@tessera/contracts";
import { masks, qrMatrix, qrSvgPath } from "@tessera/domain/qr/matrix";
import { useMemo } from "react";
import { groupsOfFour } from "./groups-of-four.ts";

const QUIET_ZONE = 4;
/** A compact code has 30 letters. Nobody types the 150 of a signed one. */
const MOST_TYPED = 40;

interface CodeCardProps {
  text: CodeText;
  /** The mask the issuer saw its own scanner read; null for a text that was made here, to be drawn as it comes. */
  mask: number | null;
  /** What the code is for, to be read out. Never the code itself: who hears it could use it. */
  label: string;
  /** Words above the letters: "No camera? Type these letters." */
  hint: string;
}

/** A code to hold up to a desk: dark on white in both themes, whole pixels per module, its letters below. */
export function CodeCard({ text, mask, label, hint }: CodeCardProps) {
  const { path, side } = useMemo(() => drawing(text, mask), [text, mask]);
  const box = `${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`;

  return (
    <figure className="rounded-tile border border-line bg-tile text-tile-ink">
      <svg
        role="img"
        aria-label={label}
        viewBox={box}
        shapeRendering="crispEdges"
        className="mx-auto block h-auto w-full"
        style={{ width: `round(down, min(100%, 66svh), ${wholePixels(side)}px)` }}
      >
        <path d={path} className="fill-tile-ink" />
      </svg>
      {text.length <= MOST_TYPED && (
        <figcaption className="px-4 pb-4 text-center">
          <p className="text-xs opacity-75">{hint}</p>
          <p className="mx-auto mt-1.5 grid w-fit grid-cols-4 gap-x-4 text-left text-base font-semibold tracking-wider whitespace-nowrap">
            {groupsOfFour(text).map((group, place) => (
              <span key={place}>{group}</span>
            ))}
          </p>
        </figcaption>
      )}
    </figure>
  );
}

/** The smallest step in width at which every module still covers whole pixels of this very screen. */
const wholePixels = (side: number) => side / (globalThis.devicePixelRatio || 1);

function drawing(text: CodeText, wanted: number | null) {
  const mask = masks.find((one) => one === wanted);
  const matrix = qrMatrix(text, mask === undefined ? {} : { mask });
  return { path: qrSvgPath(matrix), side: matrix.length + 2 * QUIET_ZONE };
}
