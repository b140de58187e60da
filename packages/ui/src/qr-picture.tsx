import { qrMatrix, qrSvgPath } from "@tessera/domain/qr/matrix";
import { useMemo } from "react";

const QUIET_ZONE = 4;

/** A text for another device's camera, dark on white in both themes. Its words are never read out: they may be a secret. */
export function QrPicture({ text, label }: { text: string; label: string }) {
  const { path, side } = useMemo(() => {
    const matrix = qrMatrix(text);
    return { path: qrSvgPath(matrix), side: matrix.length + 2 * QUIET_ZONE };
  }, [text]);

  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`}
      shapeRendering="crispEdges"
      className="block h-auto w-full max-w-60 rounded-tile border border-line bg-tile"
    >
      <path d={path} className="fill-tile-ink" />
    </svg>
  );
}
