import { parseArgs } from "node:util";
import { atLeast, ratio, thousands } from "../common/goals.ts";
import { machine } from "../common/machine.ts";
import { pageOf, writePage } from "../common/page.ts";
import { inTurns, type Row } from "../common/rounds.ts";
import { CONNECTIONS, openField } from "./field.ts";
import { names } from "./names.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    share: { type: "string" }, // of the requests; the documents stay as they are
    only: { type: "string" }, // a part of the names of those who take part; the documents stay as they are
  },
});
const adminUrl = process.env.TEST_DATABASE_URL;
if (!adminUrl) throw new Error("TEST_DATABASE_URL is not set: run npm run bench -- transport");

const field = await openField(adminUrl, Number(values.share ?? 1));
try {
  const runners = field.runners.filter(({ name }) => name.includes(values.only ?? ""));
  const rows = await inTurns(runners, Number(values.rounds), console.log);
  const text = pageOf("npm run bench -- transport", {
    title: "Transport",
    intro: `All took turns in the same run, each server in a process of its own, ${CONNECTIONS} connections with one request
under way on each; a row is the middle of all rounds. Processor time is the server's, in microseconds for one request.`,
    machine: await machine(adminUrl),
    body: body(rows),
    goals: goals(rows),
  });
  console.log(`\n${text}`);
  if (!values.share && !values.only) writePage("transport", text);
} finally {
  await field.close();
}

function body(rows: readonly Row[]): string {
  const stock = rows.find(({ name }) => name === names.stockHttp);
  const lines = rows.map(
    ({ name, perSecond, p50, p99, cpu }) =>
      `| ${name} | ${thousands(perSecond)} | ${p50.toFixed(2)} | ${p99.toFixed(2)} | ${cpu.server?.toFixed(1)} | ${ratio(perSecond, stock?.perSecond)?.toFixed(1) ?? "?"}x |`,
  );
  return `## One mutation, with input and output checked

Our door and our front run here over the same tiny router that tRPC's adapters have: the same work as everybody else, no
sign-in and no database. **The product** is the whole server as it is deployed: \`qr.redeem\` with a text that is no code, through
sign-in, tenant, rights, input, output and the security headers of every answer; it needs no database to say no. Only its
limit of messages on a socket is lifted, or there would be nothing to measure.

| server | per second | p50 ms | p99 ms | CPU us | against the stock stack |
|---|---:|---:|---:|---:|---:|
${lines.join("\n")}`;
}

function goals(rows: readonly Row[]): string[] {
  const perSecond = (name: string) => rows.find((row) => row.name === name)?.perSecond;
  const cpu = (name: string) => rows.find((row) => row.name === name)?.cpu.server;
  const against = (one: string, other: string) => ratio(perSecond(one), perSecond(other));
  const byCpu = (one: string, other: string) => ratio(cpu(other), cpu(one));
  return [
    atLeast("a minimal mutation over HTTP, against tRPC + Express", against(names.ourHttp, names.stockHttp), 8, "x"),
    atLeast("the same by the server's processor time", byCpu(names.ourHttp, names.stockHttp), 8, "x"),
    atLeast("a minimal mutation over HTTP, against bare node:http", against(names.ourHttp, names.nodeHttp), 0.7, "x"),
    atLeast("the same by the server's processor time", byCpu(names.ourHttp, names.nodeHttp), 0.7, "x"),
    atLeast("a minimal mutation over a socket, against raw ws", against(names.ourWs, names.rawWs), 0.55, "x"),
    atLeast("the same by the server's processor time", byCpu(names.ourWs, names.rawWs), 0.55, "x"),
  ];
}
