import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "./paths.mjs";
import { runChecks } from "./run-checks.mjs";
import { withoutSettings } from "./run-tests.mjs";
import { closingLine, readReport, readReportFile, skippedTable } from "./test-report.mjs";
import { countsOf } from "./total.mjs";

const test = (status, title = "a test", ancestorTitles = []) => ({ status, title, ancestorTitles });
const file = (assertionResults, status = "passed") => ({ name: "/base/a.test.ts", status, assertionResults });

describe("the report", () => {
  it("counts what passed, failed and was skipped", () => {
    const report = readReport(
      { testResults: [file([test("passed"), test("failed"), test("skipped"), test("todo")])] },
      1,
    );
    expect(closingLine(report)).toBe("1 passed, 1 failed, 2 skipped");
  });

  it.each([
    ["a file that could not be loaded", { testResults: [file([], "failed"), file([test("passed")])] }, 1],
    ["an error outside any test", { testResults: [file([test("passed")])] }, 1],
    ["a report that was never written", null, 1],
    ["a report that was never written by a run that says it ended well", null, 0],
  ])("does not let %s pass", (_what, report, exitCode) => {
    const { failed, passed } = readReport(report, exitCode);
    expect(failed === 1 || passed === 0).toBe(true);
  });

  it("prints one table: services that are missing, suites they took along, tests marked by hand", () => {
    const lost = ["the redlock guard [skipped: no Redis: none on PATH]"];
    const { rows } = readReport(
      {
        testResults: [
          file([test("skipped", "one", lost), test("skipped", "two", lost), test("skipped", "three", ["x"])]),
        ],
      },
      0,
      "/base/",
    );
    const services = [
      { name: "PostgreSQL", available: true },
      { name: "Redis", available: false, reason: "none on PATH" },
    ];
    expect(skippedTable(services, rows)).toBe(
      [
        "  Skipped            Tests  Reason",
        "  Redis                  -  none on PATH",
        "  the redlock guard      2  no Redis: none on PATH",
        "  x › three              1  marked as skipped in a.test.ts",
      ].join("\n"),
    );
  });

  it("says so when nothing was skipped", () => expect(skippedTable([], [])).toBe("Nothing was skipped."));
});

describe("a suite whose service is missing", () => {
  const folder = mkdtempSync(join(tmpdir(), "tessera-vitest-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("reaches the table by way of a real run, with its reason", () => {
    writeFileSync(
      join(folder, "planted.test.ts"),
      `import { expect, it } from "${root}/node_modules/vitest/dist/index.js";
       import { describeWith, redis } from "${root}/tooling/vitest/src/services.ts";
       describeWith(redis, "a Redis suite", () => it("never runs", () => expect(1).toBe(2)));
       it("runs", () => expect(1).toBe(1));`,
    );
    const json = join(folder, "report.json");
    const { status } = spawnSync(
      process.execPath,
      [
        join(root, "node_modules/vitest/vitest.mjs"),
        "run",
        "--root",
        folder,

        "--reporter=json",
        `--outputFile.json=${json}`,
      ],
      { env: { ...process.env, TEST_REDIS_SERVER: "", TEST_REDIS_MISSING: "planted reason" }, cwd: folder },
    );
    const report = readReportFile(json, status, folder);
    expect(report).toEqual({
      passed: 1,
      failed: 0,
      skipped: 1,
      rows: [{ what: "a Redis suite", reason: "no Redis: planted reason", tests: 1 }],
    });
  });
});

describe("npm test", () => {
  it("keeps the person's own database and settings away from the suites", () => {
    const env = {
      PATH: "/bin",
      DATABASE_URL: "x",
      REDIS_URLS: "x",
      TESSERA_SECRET: "x",
      PGPASSWORD: "x",
      PORT: "1",
      HOME: "/",
    };
    expect(withoutSettings(env)).toEqual({ PATH: "/bin", PGPASSWORD: "x", HOME: "/" });
  });
});

describe("npm run check", () => {
  it("prints a line per check and keeps what the failed ones said", async () => {
    const lines = [];
    const failures = await runChecks(
      [
        { name: "good", run: async () => ({ code: 0, output: "" }) },
        { name: "bad", run: async () => ({ code: 2, output: "planted" }) },
      ],
      (line) => lines.push(line),
    );
    expect(lines).toEqual(["ok      good (0.0 s)", "failed  bad (0.0 s)"]);
    expect(failures).toEqual([{ name: "bad", output: "planted" }]);
  });
});

describe("the closing line of .ci/run", () => {
  it("counts a command that died before it could count as one failure", () => {
    expect(countsOf("/no/such/file", 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
