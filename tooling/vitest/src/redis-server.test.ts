import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { startRedis } from "./redis-server.ts";
import { describeWith, redis } from "./services.ts";

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    }).once("error", () => resolve(false));
  });

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return (
      !existsSync(`/proc/${pid}/stat`) ||
      !/^\d+ \(.*\) Z/.test(execFileSync("cat", [`/proc/${pid}/stat`], { encoding: "utf8" }))
    );
  } catch {
    return false;
  }
};

describeWith(redis, "a Redis of one's own", () => {
  it("serves on its own port until it is stopped", async () => {
    const server = await startRedis();
    expect(await listens(server.port)).toBe(true);
    await server.stop();
    expect(await listens(server.port)).toBe(false);
    await server.stop(); // again, without harm
  });

  it("can be killed and brought back on the same port", async () => {
    const first = await startRedis();
    await first.kill();
    expect(isAlive(first.pid)).toBe(false);

    const second = await startRedis({ port: first.port });
    expect(second.url).toBe(first.url);
    await second.stop();
  });

  it("ends when the process that started it is killed", async () => {
    const endWithUs = fileURLToPath(new URL("../../launch/end-with-us.mjs", import.meta.url));
    const script = `
      import { spawn } from "node:child_process";
      import { endWithUs } from ${JSON.stringify(endWithUs)};
      const child = spawn("sleep", ["60"], { stdio: "ignore" });
      endWithUs(child);
      console.log(child.pid);
      setTimeout(() => process.kill(process.pid, "SIGKILL"), 50);`;
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
    const pid = Number(stdout);
    expect(pid).toBeGreaterThan(0);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});
