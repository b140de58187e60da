import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./paths.mjs";
import { lineOf, page, rowsOf } from "./security-report.mjs";
import { threats } from "./threats.mjs";

describe("the table of threats", () => {
  it("names thirty, each once, each with its tests", () => {
    expect(threats.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, index) => `T${index + 1}`));
    for (const { id, tests } of threats) expect(tests.length, id).toBeGreaterThan(0);
  });

  it("names tests that are there", () => {
    const gone = threats
      .flatMap(({ tests }) => tests)
      .filter(([file, title]) => {
        const path = join(root, file);
        return !existsSync(path) || !readFileSync(path, "utf8").replaceAll('\\"', '"').includes(title);
      });
    expect(gone).toEqual([]);
  });

  it("is what docs/security.md says", async () => {
    await expect(page()).toMatchFileSnapshot(join(root, "docs/security.md"));
  });
});

describe("its report", () => {
  const [first] = threats;
  const result = (status, meta = {}) => ({
    testResults: [
      {
        name: `/house/${first.tests[0][0]}`,
        assertionResults: [{ status, meta, fullName: `a suite ${first.tests[0][1]}, and so on` }],
      },
    ],
  });

  it("says that a threat is not ok while one of its tests failed or did not run", () => {
    const [failed] = rowsOf(result("failed"), "/house/");
    expect(failed).toMatchObject({ id: "T1", isOk: false, passed: 0 });
    const [partly] = rowsOf(result("passed"), "/house/");
    expect(partly).toMatchObject({ isOk: false, passed: 1 });
    expect(partly.wrong[0]).toContain("ran");
    expect(rowsOf(null, "")[0].isOk).toBe(false);
  });

  it("prints one line with what was measured", () => {
    const row = { id: "T1", threat: "Twice", isOk: true, passed: 3, wrong: [], figures: ["0 of 100"] };
    expect(lineOf(row)).toMatch(/^T1 {3}ok {5}Twice +3 tests +0 of 100$/);
  });
});
