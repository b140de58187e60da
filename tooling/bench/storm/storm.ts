import { parseArgs } from "node:util";
import { machine } from "../common/machine.ts";
import { needOpenFiles } from "../common/open-files.ts";
import { openHouse } from "../common/open-house.ts";
import { writePage } from "../common/page.ts";
import { contenders } from "../fanout/contenders.ts";
import { allAtOnce } from "./at-once.ts";
import { oneDies } from "./one-dies.ts";
import { report } from "./report.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    share: { type: "string" }, // of everybody who comes; the documents stay as they are
  },
});
const share = Number(values.share ?? 1);
const [CROWD, SUBSCRIBERS] = [Math.round(2_000 * share), Math.round(10_000 * share)] as const;
const adminUrl = process.env.TEST_DATABASE_URL;
if (!adminUrl) throw new Error("TEST_DATABASE_URL is not set: run npm run bench -- storm");
needOpenFiles(SUBSCRIBERS);

const house = await openHouse(adminUrl, 1_000);
try {
  const all = await contenders(house, SUBSCRIBERS);
  const met = await allAtOnce(all, CROWD, Number(values.rounds), console.log);
  const died = await oneDies(house, { processes: 4, subscribers: SUBSCRIBERS, everyMs: 250 });
  const text = report({ machine: await machine(adminUrl), crowd: CROWD, met, died });
  console.log(`\n${text}`);
  if (!values.share) writePage("storm", text);
} finally {
  await house.close();
}
