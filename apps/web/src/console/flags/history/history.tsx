import { useFlagOfPage } from "../flag-page.tsx";
import { HistoryPiece } from "./history-piece.tsx";

/** Every change of the flag, newest first. */
export function History() {
  const { key } = useFlagOfPage().setting;
  return (
    <ol className="grid grid-cols-1 gap-4">
      <HistoryPiece key={key} flagKey={key} />
    </ol>
  );
}
