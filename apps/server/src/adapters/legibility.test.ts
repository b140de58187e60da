import { writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CodeText } from "@tessera/contracts";
import { expect, it } from "vitest";
import { legibilityThread } from "./legibility.ts";

const text = "T1" as CodeText;

/** A reader of one line, in a real thread. */
async function readerThat(onMessage: string): Promise<URL> {
  const file = join(await mkdtemp(join(tmpdir(), "tessera-reader-")), "reader.mjs");
  writeFileSync(file, `import { parentPort } from "node:worker_threads"; parentPort.on("message", ${onMessage});`);
  return pathToFileURL(file);
}

it("gives each text its own answer", async () => {
  const thread = legibilityThread(
    await readerThat("({ id, text }) => parentPort.postMessage({ id, mask: text.length })"),
  );
  const texts = ["T", "TT", "TTT"] as CodeText[];
  expect(await Promise.all(texts.map((one) => thread.maskFor(one)))).toEqual([1, 2, 3]);
  await thread.stop();
});

it("tells those who wait when the reader dies, and starts another for the next", async () => {
  const thread = legibilityThread(
    await readerThat("({ id, text }) => text === 'die' ? process.exit(1) : parentPort.postMessage({ id, mask: 4 })"),
  );
  await expect(thread.maskFor("die" as CodeText)).rejects.toThrow("ended by itself");
  expect(await thread.maskFor(text)).toBe(4);
  await thread.stop();
});

it("leaves nobody waiting when it stops", async () => {
  const thread = legibilityThread(await readerThat("() => {}"));
  const waiting = expect(thread.maskFor(text)).rejects.toThrow("stopping");
  await thread.stop();
  await waiting;
});

it("says busy rather than letting a crowd wait for ever", async () => {
  const thread = legibilityThread(await readerThat("() => {}"));
  const crowd = Array.from({ length: 320 }, () => thread.maskFor(text).catch((error: Error) => error.message));
  await thread.stop();
  expect((await Promise.all(crowd)).filter((message) => message === "busy")).toHaveLength(20);
});
