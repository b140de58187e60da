import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { tooOld } from "./node-version.mjs";

it.each([
  ["v20.19.0", true],
  ["v20.20.2", true],
  ["v22.0.0", true],
  ["v20.18.3", false],
  ["v18.20.0", false],
  ["v9.99.0", false],
])("Node %s is new enough for >=20.19: %s", (version, newEnough) => {
  expect(tooOld(version, ">=20.19") === null).toBe(newEnough);
});

it.each(["start.mjs", "dev.mjs", "test.mjs", "check.mjs"])(
  "%s says in one sentence that this Node is too old",
  (entry) => {
    const pretend = 'data:text/javascript,Object.defineProperty(process,"version",{value:"v16.20.0"})';
    const file = fileURLToPath(new URL(entry, import.meta.url));
    const { status, stderr, stdout } = spawnSync(process.execPath, ["--import", pretend, file], { encoding: "utf8" });

    expect(stderr).toBe(
      "Tessera needs Node 20.19 or newer and this is v16.20.0: install a newer Node and run it again.\n",
    );
    expect(stdout).toBe("");
    expect(status).toBe(1);
  },
);
