import { QrPicture } from "@tessera/ui";
import { listenForWedge } from "@tessera/ui/scanner";
import { useEffect, useState } from "react";
import { Sheet } from "../common/sheet.tsx";
import { readTestCode, TEST_CODE, type WedgeFinding } from "./read-test-code.ts";
import { findingWords, words } from "./wedge-words.ts";

/** Shows a code to scan, and says what the scanner made of it. */
export function WedgeSetup({ onClose }: { onClose: () => void }) {
  const [finding, setFinding] = useState<WedgeFinding | null>(null);
  useEffect(() => listenForWedge(window, { onRead: (text) => setFinding(readTestCode(text)) }), []);
  const told = finding && findingWords(finding);

  return (
    <Sheet title={words.title} onClose={onClose}>
      <div className="grid gap-gap text-near sm:grid-cols-[minmax(0,15rem)_minmax(0,1fr)]">
        <QrPicture text={TEST_CODE} label={words.picture} />
        <div className="grid content-start gap-gap">
          <p>{words.lead}</p>
          <div role="status" data-finding={finding?.kind ?? "none"} className="grid gap-1 [overflow-wrap:anywhere]">
            <p className={`text-desk font-bold ${tone(finding)}`}>{told?.say ?? words.waits}</p>
            <p>{told?.next ?? words.slow}</p>
          </div>
        </div>
      </div>
    </Sheet>
  );
}

const tone = (finding: WedgeFinding | null) =>
  finding === null ? "text-ink-soft" : finding.kind === "right" ? "text-ok" : "text-wait-word";
