import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { holderOf, oneAtATime } from "./one-at-a-time.mjs";

const folder = mkdtempSync(join(tmpdir(), "tessera-lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DEAD = 2 ** 22 + 1; // above the largest pid that Linux hands out

const launches = (count, script) =>
  Promise.all(
    Array.from({ length: count }, () => {
      const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" });
      return new Promise((resolve) => child.on("exit", resolve));
    }),
  );

const script = (log, guard) => `
  import { appendFileSync } from "node:fs";
  import { setTimeout as sleep } from "node:timers/promises";
  import { oneAtATime } from ${JSON.stringify(new URL("./one-at-a-time.mjs", import.meta.url).href)};
  const work = async () => { appendFileSync("${log}", "in "); await sleep(250); appendFileSync("${log}", "out "); };
  await ${guard};`;

it("lets four launches in one after the other, also past a lock whose holder died", async () => {
  const lock = join(folder, "four.lock");
  const log = join(folder, "four.log");
  writeFileSync(lock, String(DEAD));

  await launches(4, script(log, `oneAtATime("${lock}", () => {}, work, 40)`));

  expect(readFileSync(log, "utf8")).toBe("in out ".repeat(4));
  expect(existsSync(lock)).toBe(false);
});

it("would see them overlap without the lock, so the test above can fail", async () => {
  const log = join(folder, "control.log");
  await launches(4, script(log, "work()"));
  expect(readFileSync(log, "utf8")).toContain("in in");
});

it("frees the lock when the work fails, and says who holds it meanwhile", async () => {
  const lock = join(folder, "fails.lock");
  const failing = oneAtATime(
    lock,
    () => {},
    async () => {
      expect(holderOf(lock)).toBe(process.pid);
      throw new Error("planted");
    },
  );
  await expect(failing).rejects.toThrow("planted");
  expect(existsSync(lock)).toBe(false);
});

it("takes a holder that fell silent for gone, though its pid may live on in another process", () => {
  const lock = join(folder, "silent.lock");
  writeFileSync(lock, String(process.pid));
  expect(holderOf(lock)).toBe(process.pid);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(lock, longAgo, longAgo);
  expect(holderOf(lock)).toBe(null);
});
