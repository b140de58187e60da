import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { devCommands, takePort } from "./start-dev.mjs";
import { serverCommand } from "./start-tessera.mjs";

const folder = mkdtempSync(join(tmpdir(), "tessera-start-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Stands in for the server: says every signal it hears, and takes a moment to stop, as a database does. */
const server = join(folder, "server.mjs");
writeFileSync(
  server,
  `console.log("ready", process.pid, ...process.argv.slice(2));
   let heard = [];
   for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {
     heard.push(signal);
     if (heard.length === 1) setTimeout(() => { console.log("heard", heard.join(" ")); process.exit(7); }, 300);
   });
   if (process.argv.includes("--fail")) process.exit(3);
   setTimeout(() => {}, 20_000);`,
);

const launcher = (args) => `
    import { supervise } from ${JSON.stringify(new URL("./supervise.mjs", import.meta.url).href)};
    process.exitCode = await supervise([{ args: ${JSON.stringify([server, ...args])}, env: {} }]);`;

/** A launcher in a process of its own, so that it can be signalled and killed. */
function launch(...args) {
  return follow(["--input-type=module", "-e", launcher(args)]);
}

function follow(args, env = {}) {
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, npm_lifecycle_event: undefined, ...env },
  });
  const launched = { child, text: "", code: new Promise((resolve) => child.on("close", resolve)) };
  child.stdout.on("data", (chunk) => {
    launched.text += chunk;
  });
  return launched;
}

const ready = (launched) => expect.poll(() => launched.text, { timeout: 5_000 }).toMatch(/ready \d+/);

describe("npm start", () => {
  it("hands every option to the server untouched", () => {
    const given = ["--port", "4100", "--data", "a folder", "--no-demo", "--something-new=1"];
    expect(serverCommand(given).args.slice(1)).toEqual(given);
  });

  it("prints its options and starts nothing on --help", () => {
    const entry = fileURLToPath(new URL("start.mjs", import.meta.url));
    const { stdout, status } = spawnSync(process.execPath, [entry, "--help"], { encoding: "utf8" });
    expect(status).toBe(0);
    for (const word of [
      "--port N",
      "--data DIR",
      "--demo",
      "--no-demo",
      "PUBLIC_URL",
      "REDIS_URLS",
      "TRUST_PROXY_HOPS",
    ]) {
      expect(stdout).toContain(word);
    }
  });

  it("passes a request to stop on once, waits, and ends with the server's exit code", async () => {
    const launched = launch("--port", "4100");
    await ready(launched);
    launched.child.kill("SIGINT"); // from the terminal …
    launched.child.kill("SIGINT"); // … and once more from npm
    launched.child.kill("SIGTERM");
    expect(await launched.code).toBe(7);
    expect(launched.text).toMatch(/^ready \d+ --port 4100\nheard (SIGINT|SIGTERM)\n$/);
  });

  it("ends with the exit code of a server that fails by itself", async () => {
    expect(await launch("--fail").code).toBe(3);
  });

  it("leaves no server behind when the launcher is killed", async () => {
    const launched = launch();
    await ready(launched);
    launched.child.kill("SIGKILL");
    await launched.code; // its output closes only when the server has ended too
    expect(launched.text).toContain("heard SIGTERM");
  });
});

describe("npm start, ended from outside", () => {
  /** As npm does it: a shell between npm and the launcher, which passes no signal on. */
  const throughShell = `
    import { spawn } from "node:child_process";
    const shell = spawn("sh", ["-c", '"$1" "$2"; exit $?', "sh", process.execPath, ${JSON.stringify(join(folder, "launcher.mjs"))}], { stdio: "inherit" });
    process.on("SIGTERM", () => shell.kill("SIGTERM"));`;

  it.each(["SIGTERM", "SIGKILL"])("stops the server when npm gets %s and tells nobody", async (signal) => {
    writeFileSync(join(folder, "launcher.mjs"), launcher([]));
    const npm = follow(["--input-type=module", "-e", throughShell], { npm_lifecycle_event: "start" });
    await ready(npm);
    npm.child.kill(signal);
    await npm.code;
    expect(npm.text).toContain("heard SIGTERM");
  });
});

describe("npm run dev", () => {
  const files = (name, from) => `${from}:${name}`;

  it.each([
    [[], {}, 4000, []],
    [[], { PORT: "4200" }, 4200, []],
    [["--port", "4300", "--demo"], { PORT: "4200" }, 4300, ["--demo"]],
    [["--data", "d", "--port=4300"], {}, 4300, ["--data", "d"]],
  ])("takes the port out of %j with %j", (args, env, port, rest) => {
    expect(takePort(args, env)).toEqual({ port, rest });
  });

  it.each([[["--port"]], [["--port", "web"]], [["--port", "65535"]], [["--port=0"]]])(
    "refuses %j in a sentence",
    (args) => {
      expect(() => takePort(args, {})).toThrow(/^--port takes a number from 1 to 65533/);
    },
  );

  it("gives people one port, and the API and the kiosk's server the two after it", () => {
    const [api, kiosk, web] = devCommands({ port: 4000, rest: ["--demo"] }, files);
    expect(api.args.slice(-3)).toEqual(["--port", "4001", "--demo"]);
    expect(api.env).toEqual({ PORT: "4001", PUBLIC_URL: "http://localhost:4000", TESSERA_DEV: "1" });
    expect(kiosk.args).toEqual(["apps/kiosk:vite", "--port", "4002", "--base", "/kiosk/", "--strictPort"]);
    expect(web.args).toEqual(["apps/web:vite", "--port", "4000", "--strictPort"]);
    expect(web.env).toEqual({ TESSERA_DEV_API: "http://localhost:4001", TESSERA_DEV_KIOSK: "http://localhost:4002" });
  });
});
