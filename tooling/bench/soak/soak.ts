import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as after } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import pg from "pg";
import { atMost, thousands } from "../common/goals.ts";
import { openLine } from "../common/http-line.ts";
import { machine } from "../common/machine.ts";
import { openHouse } from "../common/open-house.ts";
import { pageOf, writePage } from "../common/page.ts";
import { productNews } from "../common/product-news.ts";
import { startProduct } from "../common/servers.ts";
import { settingsFor } from "../fanout/contenders.ts";
import { comingsAndGoings } from "./comings-and-goings.ts";
import { type Point, slopeOf } from "./slope.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "2" },
    warmUp: { type: "string", default: "1" }, // minutes before the first look
  },
});
const adminUrl = process.env.TEST_DATABASE_URL;
if (!adminUrl) throw new Error("TEST_DATABASE_URL is not set: run npm run bench -- soak");

const PEOPLE = { steady: 500, perSecond: 20, slow: 20 };
/** Long pieces beside the usual ones, so that whoever does not read falls behind. */
const LOUD = { everyMs: 250, bytes: 16 * 1024 };
const [NEWS_EVERY_MS, LOOK_EVERY_MS, MB] = [100, 5_000, 2 ** 20];
const [minutes, warmUp] = [Number(values.minutes), Number(values.warmUp)];
const preload = fileURLToPath(new URL("memory-preload.mjs", import.meta.url));

interface Memory {
  rss: number;
  heapUsed: number;
  external: number;
}

const house = await openHouse(adminUrl, Math.ceil(((minutes + warmUp) * 60_000) / NEWS_EVERY_MS) + 100);
const server = await startProduct(settingsFor(house, 10_000), { node: ["--expose-gc", "--import", preload] });
const loudly = new pg.Pool({ connectionString: house.openUrl, max: 1 });
try {
  const port = Number(new URL(server.url).port);
  const people = comingsAndGoings({ port, dialect: "ours", token: house.token, ...PEOPLE });
  let isOn = true;
  const telling = tellNews(() => isOn);
  const loud = setInterval(tellLoudly, LOUD.everyMs);
  await after(warmUp * 60_000);

  const began = performance.now();
  const looks: Array<{ minute: number; memory: Memory }> = [];
  while (performance.now() - began < minutes * 60_000) {
    const memory = await memoryOf();
    const minute = (performance.now() - began) / 60_000;
    looks.push({ minute, memory });
    console.log(`minute ${minute.toFixed(1)}: RSS ${mb(memory.rss)} MB, heap ${mb(memory.heapUsed)} MB`);
    await after(LOOK_EVERY_MS);
  }
  isOn = false;
  clearInterval(loud);
  const pieces = await telling;
  const counts = people.counts();
  await people.stop();
  await after(2_000);
  const empty = await memoryOf();
  const slope = (of: keyof Memory) => slopeOf(looks.map(({ minute, memory }): Point => [minute, memory[of] / MB]));
  const [first, last] = [looks.at(0)?.memory, looks.at(-1)?.memory];

  const text = pageOf(`npm run bench -- soak --minutes ${minutes}`, {
    title: "Soak",
    intro: `One process of the product for ${minutes} minutes after ${warmUp} that are not counted: ${PEOPLE.steady} subscribers, of whom ${PEOPLE.perSecond} leave and are replaced
each second and ${PEOPLE.slow} stop reading for twenty seconds at a time; ten redemptions a second, and four pieces of news of 16 kB. Memory is looked at every ${LOOK_EVERY_MS / 1_000} seconds,
once all garbage has been collected.`,
    machine: await machine(adminUrl),
    body: `## What came and went

| | |
|---|---:|
| subscribers that came | ${thousands(counts.came)} |
| pieces of news, and deliveries | ${thousands(pieces)}, ${thousands(counts.told)} |
| resyncs in place of what a slow reader was not told | ${thousands(counts.resyncs)} |
| numbers missed without a resync | ${thousands(counts.missed)} |
| sockets that the server closed | ${
      Object.entries(counts.lost)
        .map(([why, count]) => `${thousands(count)} ${why}`)
        .join(", ") || "none"
    } |
| RSS at the first look, at the last, with nobody there any more, MB | ${[first, last, empty].map((memory) => mb(memory?.rss)).join(", ")} |
| heap at the first look, at the last, with nobody there any more, MB | ${[first, last, empty].map((memory) => mb(memory?.heapUsed)).join(", ")} |`,
    goals: [
      atMost("heap, growth in a minute", slope("heapUsed"), 0.5, " MB"),
      atMost("memory outside the heap, growth in a minute", slope("external"), 0.5, " MB"),
      atMost("RSS, growth in a minute", slope("rss"), 2, " MB"),
      atMost("numbers missed without a resync", counts.missed, 0, ""),
    ],
  });
  console.log(`\n${text}`);
  if (minutes >= 2) writePage("soak", text);
} finally {
  await server.kill();
  await loudly.end();
  await house.close();
}

/** @returns How many pieces were told, when it is over. */
async function tellNews(goesOn: () => boolean): Promise<number> {
  const { path, headers, bodies } = productNews(house).take(server.url, house.codes.length, NEWS_EVERY_MS);
  const line = await openLine(new URL(server.url), headers);
  const began = performance.now();
  let told = 0;
  for (const body of bodies) {
    if (!goesOn()) break;
    await after(Math.max(0, began + told * NEWS_EVERY_MS - performance.now()));
    await line.post(path, body);
    told++;
  }
  line.close();
  return told;
}

function tellLoudly(): void {
  const values = [house.tenantId, randomUUID(), "n".repeat(LOUD.bytes)];
  const sql = `INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload)
    VALUES ($1, 'device.paired', $2, 0, jsonb_build_object('name', $3::text))`;
  loudly.query(sql, values).catch((cause) => console.error(cause));
}

async function memoryOf(): Promise<Memory> {
  const answer = once(server.child, "message");
  server.child.send("memory");
  return (await answer)[0] as Memory;
}

function mb(bytes = 0): string {
  return (bytes / MB).toFixed(1);
}
