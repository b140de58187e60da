import type { ThingLabel } from "@tessera/contracts";
import { Button, shortMoment } from "@tessera/ui";
import { useSpeech } from "../../common/use-speech.ts";
import { Table } from "../controls/table.tsx";
import { stateWords, words } from "./words.ts";

export type LabelAct = "lead" | "retire" | "story";

interface LabelTableProps {
  labels: readonly ThingLabel[];
  onAct: (act: LabelAct, label: ThingLabel) => void;
}

/** One row for each label; its name opens its story. */
export function LabelTable({ labels, onAct }: LabelTableProps) {
  const speech = useSpeech();
  return (
    <Table
      caption={words.title}
      head={[words.label, words.leadsTo, words.state, words.scans, words.acts]}
      rows={labels.map((label) => ({
        key: label.id,
        cells: [
          <button
            key="name"
            type="button"
            onClick={() => onAct("story", label)}
            aria-label={words.story(label.name)}
            className="min-h-11 font-semibold underline decoration-edge underline-offset-4 hover:decoration-ink"
          >
            {label.name}
          </button>,
          <span key="thing" className={label.resource ? "[overflow-wrap:anywhere]" : "text-ink-soft"}>
            {label.resource?.name ?? words.nowhere}
          </span>,
          stateWords[label.state],
          label.deadScannedAt && (
            <span key="scans" className="font-medium text-wait-word">
              {words.once(label.deadScans, shortMoment(label.deadScannedAt, speech))}
            </span>
          ),
          label.state !== "ended" && (
            <span key="acts" className="-ml-4 flex flex-wrap">
              {(["lead", "retire"] as const).map((act) => {
                const name = act === "retire" ? words.retire : label.state === "bound" ? words.move : words.bind;
                return (
                  <Button
                    key={act}
                    look="quiet"
                    aria-label={words.actOn(name, label.name)}
                    onClick={() => onAct(act, label)}
                  >
                    {name}
                  </Button>
                );
              })}
            </span>
          ),
        ],
      }))}
    />
  );
}
