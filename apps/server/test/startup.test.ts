import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "@tessera/vitest/free-port";
import { describeWith, postgres } from "@tessera/vitest/services";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const MAIN = fileURLToPath(new URL("../dist/main.mjs", import.meta.url));
const NOBODY = 65_534;
const SECRET = "thirty-two characters or more, for a test";

/** Only root may be another user, and that user must be able to reach Node and the built server. */
function canBeNobody(): boolean {
  if (process.getuid?.() !== 0) return false;
  const look = `require("node:fs").accessSync(${JSON.stringify(MAIN)})`;
  return spawnSync(process.execPath, ["-e", look], { uid: NOBODY, gid: NOBODY, cwd: "/" }).status === 0;
}
const asNobody = canBeNobody();
const otherwise = asNobody ? "" : " [skipped: needs root, and a checkout and a Node that other users can read]";

/** What a person sees who starts the built server. */
interface Started {
  child: ChildProcess;
  said(): string;
  ended: Promise<number | null>;
}

describe("starting the server", () => {
  let folder: string;
  const started: ChildProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tessera-start-"));
    await chmod(folder, 0o777);
  });
  afterEach(async () => {
    for (const child of started.splice(0)) {
      if (child.exitCode !== null || child.signalCode) continue;
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    await rm(folder, { recursive: true, force: true });
  });

  function start(args: string[], env: Record<string, string> = {}, uid?: number): Started {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { PATH: process.env.PATH ?? "", ...env },
      stdio: ["ignore", "pipe", "pipe"],
      ...(uid === undefined ? {} : { uid, gid: uid, cwd: "/" }),
    });
    started.push(child);
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (more) => {
        text += more;
      });
    }
    return { child, said: () => text, ended: once(child, "exit").then(([code]) => code) };
  }

  async function ready(port: number): Promise<void> {
    const isReady = () =>
      fetch(`http://localhost:${port}/readyz`).then(
        ({ status }) => status === 200,
        () => false,
      );
    await expect.poll(isReady, { timeout: 20_000, interval: 50 }).toBe(true);
  }

  async function expectRefusal({ said, ended }: Started, words: RegExp): Promise<void> {
    expect(await ended).toBe(1);
    expect(said().trim()).toMatch(words);
    expect(said().trim().split("\n")).toHaveLength(1);
    expect(said()).not.toMatch(/\n\s+at /);
  }

  it("is ready, tells its addresses and accounts, stops when told, and finds everything again", async () => {
    const port = await freePort();
    const args = ["--port", String(port), "--data", join(folder, "data")];
    const first = start(args);
    await ready(port);
    await expect.poll(first.said).toContain(`http://localhost:${port}/kiosk/`);
    expect(first.said()).toContain("member@library.example");
    expect(first.said()).toMatch(/█▀|▄█/);

    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    await expect(stat(join(folder, "data", "tessera.pid"))).rejects.toThrow("ENOENT");
    expect((await stat(join(folder, "data", "secret"))).mode & 0o777).toBe(0o600);

    const second = start(args);
    await ready(port);
    expect((await fetch(`http://localhost:${port}/api/v1/demo`)).status).toBe(200);
    second.child.kill("SIGINT");
    expect(await second.ended).toBe(0);
  });

  it("adds no demo when it is told not to, and adds it later when it is told to", async () => {
    const [before, after] = [await freePort(), await freePort()];
    const args = ["--data", join(folder, "data")];
    const empty = start(["--port", String(before), ...args, "--no-demo"]);
    await ready(before);
    expect((await fetch(`http://localhost:${before}/api/v1/demo`)).status).toBe(404);
    empty.child.kill("SIGTERM");
    await empty.ended;

    start(["--port", String(after), ...args, "--demo"]);
    await ready(after);
    expect((await fetch(`http://localhost:${after}/api/v1/demo`)).status).toBe(200);
  });

  it("names the process that uses the data folder, and leaves it alone", async () => {
    const port = await freePort();
    const first = start(["--port", String(port), "--data", join(folder, "data")]);
    await ready(port);
    const second = start(["--port", String(await freePort()), "--data", join(folder, "data")]);
    await expectRefusal(second, new RegExp(`is in use by process ${first.child.pid}\\. Stop it, or choose another`));
    await ready(port);
  });

  it("comes back with its data after it was killed", async () => {
    const args = ["--data", join(folder, "data")];
    const [before, after] = [await freePort(), await freePort()];
    const killed = start(["--port", String(before), ...args]);
    await ready(before);
    const secret = await readFile(join(folder, "data", "secret"), "utf8");
    killed.child.kill("SIGKILL");
    await killed.ended;

    start(["--port", String(after), ...args]);
    await ready(after);
    expect((await fetch(`http://localhost:${after}/api/v1/demo`)).status).toBe(200);
    expect(await readFile(join(folder, "data", "secret"), "utf8")).toBe(secret);
  });

  it("takes a folder over whose process is gone", async () => {
    await mkdir(join(folder, "data"));
    await writeFile(join(folder, "data", "tessera.pid"), "999999 1");
    const port = await freePort();
    start(["--port", String(port), "--data", join(folder, "data")]);
    await ready(port);
  });

  it("says that the port is taken, before it touches any data", async () => {
    const other = createServer().listen(0);
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address ? address.port : 0;
    await expectRefusal(
      start(["--port", String(port), "--data", join(folder, "data")]),
      /^Port \d+ is taken.*--port\.$/,
    );
    await expect(stat(join(folder, "data"))).rejects.toThrow("ENOENT");
    other.close();
  });

  it.runIf(asNobody)(`says that the data folder cannot be written${otherwise}`, async () => {
    await chmod(folder, 0o555);
    const port = String(await freePort());
    const refused = start(["--port", port, "--data", join(folder, "data")], {}, NOBODY);
    await expectRefusal(refused, /cannot be written\. Give this user the right to, or choose another with --data\.$/);
  });

  it.runIf(asNobody)(`works as an ordinary user${otherwise}`, async () => {
    const port = await freePort();
    start(["--port", String(port), "--data", join(folder, "data")], {}, NOBODY);
    await ready(port);
  });

  it.each<[string, string[], Record<string, string>, RegExp]>([
    ["a port that is none", ["--port", "seventy"], {}, /^--port must be a number\.$/],
    ["a port out of range", [], { PORT: "70000" }, /^PORT must be 1 to 65535\.$/],
    ["an option that is none", ["--prot", "1"], {}, /^Unknown option '--prot'\. The options are/],
    [
      "a database that is none",
      [],
      { DATABASE_URL: "mysql://x", TESSERA_SECRET: SECRET },
      /^DATABASE_URL must look like postgresql:/,
    ],
    [
      "a database without a secret",
      [],
      { DATABASE_URL: "postgresql://x@127.0.0.1:1/x" },
      /^TESSERA_SECRET is needed with DATABASE_URL/,
    ],
    ["a secret that is too short", [], { TESSERA_SECRET: "short" }, /^TESSERA_SECRET must have 32 characters/],
    [
      "an even number of Redis nodes",
      [],
      { REDIS_URLS: "redis://a:1,redis://b:1" },
      /^REDIS_URLS must name 1, 3 or 5 nodes/,
    ],
    ["a role that is none", [], { ROLE: "worker" }, /^ROLE must be api, ws or all\.$/],
    [
      "a process for sockets alone on the embedded database",
      [],
      { ROLE: "ws" },
      /^ROLE can be api or ws only with DATABASE_URL: the embedded database belongs to one process/,
    ],
    ["a number of upgrades that is none", [], { TESSERA_UPGRADES: "many" }, /^TESSERA_UPGRADES must be a number of/],
    [
      "a database that is not there",
      [],
      { DATABASE_URL: "postgresql://x@127.0.0.1:1/x", TESSERA_SECRET: SECRET },
      /^The database of DATABASE_URL cannot be used: .*Check host, port/,
    ],
  ])("says what to do about %s", async (_what, args, env, words) => {
    const port = args.length > 0 || env.PORT ? [] : ["--port", String(await freePort())];
    await expectRefusal(start([...args, ...port], { ...env, TESSERA_DATA_DIR: join(folder, "data") }), words);
  });

  describeWith(postgres, "on a database server", () => {
    it("refuses to work as a superuser, for whom tenants are not kept apart", async () => {
      const url = postgres.available ? postgres.url : "";
      const port = String(await freePort());
      const refused = start(["--port", port], { DATABASE_URL: url, TESSERA_SECRET: SECRET });
      await expectRefusal(refused, /is a superuser, so tenants would not be kept apart\. Use an ordinary role/);
    });

    it("says so when the password is wrong or the database is missing", async () => {
      const url = new URL(postgres.available ? postgres.url : "postgresql://x@127.0.0.1:1/x");
      url.pathname = "/there_is_no_such_database";
      const refused = start(["--port", String(await freePort())], { DATABASE_URL: url.href, TESSERA_SECRET: SECRET });
      await expectRefusal(refused, /^The database of DATABASE_URL cannot be used: .*does not exist/);
    });
  });
});
