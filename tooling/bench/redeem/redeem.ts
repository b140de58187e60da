import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { machine } from "../common/machine.ts";
import { writePage } from "../common/page.ts";
import { contest } from "./contest.ts";
import { openField } from "./field.ts";
import { report } from "./report.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    quick: { type: "boolean", default: false }, // a tenth of everything, and the documents stay as they are
    with: { type: "string" }, // a file of SQL that is tried on top of the migrations
    only: { type: "string" }, // a part of the names of those who take part; the documents stay as they are
    callers: { type: "string" }, // only with so many callers
  },
});
const adminUrl = process.env.TEST_DATABASE_URL;
if (!adminUrl) throw new Error("TEST_DATABASE_URL is not set: run npm run bench -- redeem");

const say = (line: string) => console.log(line);
const isPart = Boolean(values.only ?? values.callers);
const sql = values.with ? readFileSync(values.with, "utf8") : "";
const field = await openField(adminUrl, { share: values.quick ? 0.1 : 1, sql });
try {
  const entries = field.entries
    .filter(({ name }) => name.includes(values.only ?? ""))
    .map(({ runs, ...entry }) => ({
      ...entry,
      runs: new Map([...runs].filter(([callers]) => !values.callers || callers === Number(values.callers))),
    }));
  const cells = await contest(entries, Number(values.rounds), say);
  const crowds = isPart ? [] : await field.crowds(say);
  const text = report({ machine: await machine(adminUrl), cells, crowds });
  console.log(`\n${text}`);
  if (!values.quick && !sql && !isPart) writePage("redeem", text);
} finally {
  await field.close();
}
