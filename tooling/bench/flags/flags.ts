import { parseArgs } from "node:util";
import { bareMachine } from "../common/machine.ts";
import { writePage } from "../common/page.ts";
import { contest } from "./contest.ts";
import { forbidNetwork } from "./no-network.ts";
import { makeCrowd } from "./people.ts";
import { needSameAnswers, report } from "./report.ts";
import type { Way } from "./way.ts";
import { flagsmith } from "./ways/flagsmith.ts";
import { growthBook } from "./ways/growthbook.ts";
import { launchDarkly, launchDarklySegment } from "./ways/launchdarkly.ts";
import { limit } from "./ways/limit.ts";
import { openFeature } from "./ways/open-feature.ts";
import { ours, oursLong } from "./ways/ours.ts";
import { unleash } from "./ways/unleash.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "30" },
    quick: { type: "boolean", default: false }, // three rounds, and the documents stay as they are
    people: { type: "string" }, // how many ask; the documents stay as they are
    only: { type: "string" }, // a part of the names of those who take part; the documents stay as they are
  },
});

const triesOfNetwork = forbidNetwork();
const crowd = makeCrowd(Number(values.people ?? 1_000));
const makers = [limit, ours, oursLong, launchDarkly, launchDarklySegment, flagsmith, growthBook, openFeature, unleash];
const all: Way[] = [];
for (const make of makers) all.push(await make(crowd));
const ways = all.filter(({ name }) => name.includes(values.only ?? ""));
try {
  const cells = await contest(ways, {
    rounds: values.quick ? 3 : Number(values.rounds),
    people: crowd.people.length,
    say: console.log,
  });
  if (triesOfNetwork() > 0) throw new Error("somebody tried to open a connection: its figure is of something else");
  needSameAnswers(cells);
  const text = report({ machine: bareMachine(), cells, crowd });
  console.log(`\n${text}`);
  if (!values.quick && !values.people && !values.only) writePage("flags", text);
} finally {
  for (const { close } of all) await close?.();
}
