import type { Speech } from "@tessera/contracts";
import type { Incident, Traffic } from "@tessera/contracts/flags";
import { shortMoment } from "@tessera/ui";
import { useSpeech } from "../../../common/use-speech.ts";
import { Folded } from "../../controls/folded.tsx";
import { shareText } from "../../controls/percent.ts";
import { EvidenceTables } from "./evidence-tables.tsx";
import { ruleWords, words } from "./words.ts";

const trafficText = ({ calls, failures }: Traffic): string =>
  words.ofCalls(failures.toLocaleString("en"), calls.toLocaleString("en"), shareText(failures, calls));

function stateText({ severity, openedAt, closedAt, closedBecause }: Incident, speech: Speech): string {
  const state = closedAt ? words.closed(shortMoment(closedAt, speech), closedBecause) : words.isOpen;
  return `${severity}, ${shortMoment(openedAt, speech)}. ${state}`;
}

/** One incident: which rule, what was looked at, and all the evidence. */
export function IncidentCard({ incident, isOpen }: { incident: Incident; isOpen: boolean }) {
  const speech = useSpeech();
  const { title, rule, evidence } = incident;
  const { windowFrom, windowTo, exposed, unexposed } = evidence;
  const facts = [
    [words.rule, ruleWords[rule]],
    [words.window, `${shortMoment(windowFrom, speech)} – ${shortMoment(windowTo, speech)}`],
    [words.exposedLine, trafficText(exposed)],
    [words.unexposedLine, trafficText(unexposed)],
  ];

  return (
    <Folded title={title} aside={stateText(incident, speech)} startsOpen={isOpen}>
      <dl className="grid grid-cols-1 gap-x-6 gap-y-1 sm:grid-cols-[auto_minmax(0,1fr)]">
        {facts.map(([name, text]) => (
          <div key={name} className="contents">
            <dt className="text-sm text-ink-soft">{name}</dt>
            <dd className="max-sm:mb-2">{text}</dd>
          </div>
        ))}
      </dl>
      <EvidenceTables evidence={evidence} />
    </Folded>
  );
}
