import { postgres } from "@tessera/vitest/services";
import { mutants } from "../../mutants/list.ts";
import { isDead, type MutantResult } from "../../mutants/mutant-result.ts";
import { tryMutants } from "../../mutants/try-mutants.ts";
import { CannotAsk, type Step } from "../run-steps.ts";

export const mutantsStep: Step = {
  id: "mutants",
  title: "Planted bugs in the product",
  asks: "Is each bug that somebody could write caught under the fault where it shows, and only there?",
  async run(tell) {
    if (!postgres.available) throw new CannotAsk(postgres.reason);
    const results = await tryMutants(mutants, postgres.url, ({ id, ...result }) =>
      tell(`${id} ${isDead({ id, ...result }) ? "caught" : "SURVIVED"}: ${result.says}`),
    );
    const alive = results.filter((result) => !isDead(result));
    return {
      isKept: alive.length === 0,
      says:
        alive.length === 0
          ? `All ${results.length} were caught under their fault, and passed for the product without it.`
          : `${alive.map(({ id }) => id).join(", ")} survived, or the product was accused.`,
      figures: [
        { name: "Bugs planted", value: results.length, isHeadline: true },
        { name: "Bugs that survived", value: alive.length, target: { atMost: 0 }, isHeadline: true },
      ],
      tables: [
        {
          caption: "Each is one change of the product",
          head: ["Bug", "What is wrong in it", "Shows under", "Caught by", "In its words"],
          rows: results.map((result) => [result.id, result.says, result.runsUnder, result.caughtBy, verdictOf(result)]),
        },
      ],
    };
  },
};

function verdictOf({ sentence, falseAlarms }: MutantResult): string {
  if (falseAlarms.length > 0) return `accused where nothing was wrong: ${falseAlarms[0]}`;
  return sentence ?? "survived";
}
