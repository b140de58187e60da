import { Button } from "@tessera/ui";
import { Sheet } from "../common/sheet.tsx";
import { useSpeech } from "../common/use-speech.ts";
import { batchSummary, summaryWords } from "./batch-summary.ts";
import type { RecentScan } from "./desk-state.ts";
import { StripLine } from "./strip.tsx";
import { stripRows } from "./strip-rows.ts";

interface BatchSheetProps {
  scans: readonly RecentScan[];
  onClose: () => void;
}

/** What many codes in a row came to: the counts, and by name whatever somebody has to look at. */
export function BatchSheet({ scans, onClose }: BatchSheetProps) {
  const speech = useSpeech();
  const summary = batchSummary(scans);
  const rows = stripRows({ recent: summary.notDone, elsewhere: [] }, [], speech);
  return (
    <Sheet title="Many codes" onClose={onClose}>
      <p role="status" className="text-far font-bold">
        {summaryWords(summary)}
      </p>
      {rows.length > 0 && (
        <ol aria-label="Not done" className="grid gap-2 text-near">
          {rows.map((row) => (
            <StripLine key={row.id} row={row} />
          ))}
        </ol>
      )}
      <Button className="min-h-target text-near" onClick={onClose}>
        Go on
      </Button>
    </Sheet>
  );
}
