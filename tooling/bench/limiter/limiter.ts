import { parseArgs } from "node:util";
import { bareMachine } from "../common/machine.ts";
import { writePage } from "../common/page.ts";
import { contest } from "../flags/contest.ts";
import { report } from "./report.ts";
import { library, ours, oursScan } from "./ways.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "30" },
    quick: { type: "boolean", default: false }, // three rounds, and the documents stay as they are
  },
});

/** So many callers take turns: each has an allowance of its own. */
const CALLERS = 1_000;
const ways = [library, ours, oursScan].map((make) => make(CALLERS));
const cells = await contest(ways, {
  rounds: values.quick ? 3 : Number(values.rounds),
  people: CALLERS,
  say: console.log,
});
for (const { name, on } of cells) if (on !== 100) throw new Error(`${name} refused somebody: that is another work`);
const text = report({ machine: bareMachine(), cells, callers: CALLERS });
console.log(`\n${text}`);
if (!values.quick) writePage("limiter", text);
process.exit(0); // the library keeps a timer for each caller
