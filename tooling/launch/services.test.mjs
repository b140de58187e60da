import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { provideChromium } from "./services/chromium.mjs";
import { findProgram } from "./services/find-program.mjs";
import { providePostgres } from "./services/postgres.mjs";
import { unprivilegedUser } from "./services/unprivileged-user.mjs";

const folder = mkdtempSync(join(tmpdir(), "tessera-services-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a program", () => {
  it("is found by its first name, on PATH before other folders, and must be one that can be run", () => {
    writeFileSync(join(folder, "chromium"), "");
    expect(findProgram(["chromium"], { path: folder })).toBe(null);
    chmodSync(join(folder, "chromium"), 0o755);
    expect(findProgram(["chromium", "google-chrome"], { path: "", folders: [folder] })).toBe(join(folder, "chromium"));
  });
});

describe("a service that was named but does not serve", () => {
  it("is reported as missing with the reason, not passed over: a wrong DATABASE_URL", async () => {
    const found = await providePostgres({ DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" });
    expect(found.available).toBe(false);
    expect(found.reason).toMatch(/^DATABASE_URL does not serve: .*ECONNREFUSED/);
    expect(found.env.TEST_DATABASE_URL).toBeUndefined();
  });

  it("is reported as missing with the reason, not passed over: a wrong CHROME_PATH", async () => {
    const found = await provideChromium({ CHROME_PATH: "/no/such/browser" });
    expect(found).toMatchObject({
      available: false,
      reason: "CHROME_PATH names /no/such/browser, which is no program",
    });
  });
});

describe("PostgreSQL started by root", () => {
  it("runs as postgres, else as nobody", () => {
    const nobody = "nobody:x:65534:65533:nobody:/:/usr/sbin/nologin";
    expect(unprivilegedUser(`root:x:0:0::/:/bin/sh\n${nobody}\npostgres:x:101:104::/:/bin/sh\n`)).toEqual({
      uid: 101,
      gid: 104,
    });
    expect(unprivilegedUser(`root:x:0:0::/:/bin/sh\n${nobody}\n`)).toEqual({ uid: 65534, gid: 65533 });
  });

  it("is refused in a sentence where there is neither", () => {
    expect(() => unprivilegedUser("root:x:0:0::/:/bin/sh\n")).toThrow("PostgreSQL does not run as root");
  });
});
