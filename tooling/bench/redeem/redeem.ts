import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { contest } from "./contest.ts";
import { openField } from "./field.ts";
import { machine } from "./machine.ts";
import { report } from "./report.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    quick: { type: "boolean", default: false }, // a tenth of everything, and the documents stay as they are
    with: { type: "string" }, // a file of SQL that is tried on top of the migrations
  },
});
const adminUrl = process.env.TEST_DATABASE_URL;
if (!adminUrl) throw new Error("TEST_DATABASE_URL is not set: run npm run bench -- redeem");

const say = (line: string) => console.log(line);
const sql = values.with ? readFileSync(values.with, "utf8") : "";
const field = await openField(adminUrl, { share: values.quick ? 0.1 : 1, sql });
try {
  const cells = await contest(field.entries, Number(values.rounds), say);
  const crowds = await field.crowds(say);
  const text = report({ machine: await machine(adminUrl), cells, crowds });
  console.log(`\n${text}`);
  if (!values.quick && !sql)
    writeFileSync(fileURLToPath(new URL("../../../docs/benchmarks.md", import.meta.url)), text);
} finally {
  await field.close();
}
