import { checkers } from "../../checkers/check-run.ts";
import { selfTest } from "../../checkers/self-test.ts";
import type { Step } from "../run-steps.ts";

/** @param runs How many clean runs each checker is tried on. */
export const selfTestStep = (runs: number): Step => ({
  id: "checkers",
  title: "The checkers themselves",
  asks: "Do the checkers stay silent when all is well, and does each name the bug it is there for?",
  async run() {
    const { cleanRuns, falseAlarms, plants } = selfTest(Array.from({ length: runs }, (_, seed) => seed));
    const missed = plants.filter(({ sentence }) => sentence === null);
    const isKept = falseAlarms.length === 0 && missed.length === 0;
    return {
      isKept,
      says: isKept
        ? `Silent in ${cleanRuns} runs in which all is well; each of ${plants.length} planted bugs was named.`
        : `${missed.length} planted bugs were missed, ${falseAlarms.length} false alarms.`,
      figures: [
        { name: "Runs in which all is well", value: cleanRuns },
        { name: "False alarms", value: falseAlarms.length, target: { atMost: 0 } },
        { name: "Kinds of bugs planted", value: plants.length },
        { name: "Missed", value: missed.length, target: { atMost: 0 } },
      ],
      tables: [
        {
          caption: "What each checker promises to see",
          head: ["Checker", "Promise"],
          rows: checkers.map(({ name, says }) => [name, says]),
        },
        {
          caption: "Planted bugs, and how they were named",
          head: ["Planted", "By", "Runs", "In its words"],
          rows: plants.map(({ says, caughtBy, planted, sentence }) => [
            says,
            caughtBy,
            String(planted),
            sentence ?? "missed",
          ]),
        },
        ...(falseAlarms.length > 0
          ? [{ caption: "False alarms", head: ["Said"], rows: falseAlarms.slice(0, 20).map((said) => [said]) }]
          : []),
      ],
    };
  },
});
