import { threats } from "./threats.mjs";

/** Whether a test of vitest's JSON report is one that a threat names. */
const isNamed = (test, [file, title]) => test.file === file && test.fullName.includes(title);

/**
 * @param {object} report As vitest's JSON reporter wrote it.
 * @param {string} base What stands before the names of files in it.
 * @returns One row for each threat: how its tests ended, and what they measured. A threat whose tests did not all run is not ok.
 */
export function rowsOf(report, base) {
  const tests = (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, file: name.replace(base, "") })),
  );
  return threats.map(({ id, threat, tests: named }) => {
    const found = named.map((one) => tests.filter((test) => isNamed(test, one)));
    const all = [...new Set(found.flat())];
    const missing = named.filter((_, index) => found[index].length === 0);
    const failed = all.filter(({ status }) => status !== "passed");
    return {
      id,
      threat,
      isOk: missing.length === 0 && failed.length === 0,
      passed: all.length - failed.length,
      wrong: [
        ...missing.map(([file, title]) => `${file}: no test "${title}" ran`),
        ...failed.map((test) => `${test.file}: ${test.fullName}`),
      ],
      figures: all.map(({ meta }) => meta?.figure).filter(Boolean),
    };
  });
}

/** @returns A row as one line for people, and what is wrong below it. */
export function lineOf({ id, threat, isOk, passed, figures, wrong }) {
  const count = `${passed} ${passed === 1 ? "test" : "tests"}`;
  const line = [id.padEnd(4), isOk ? "ok    " : "FAILED", threat.padEnd(66), count.padEnd(10), figures.join("; ")];
  return [line.join(" ").trimEnd(), ...wrong.map((one) => `       ${one}`)].join("\n");
}

/** @returns `docs/security.md`. */
export function page() {
  const rows = threats.map(({ id, threat, mitigation, tests }) => {
    const shown = [...new Set(tests.map(([file]) => file))].map((file) => `[${file.split("/").at(-1)}](../${file})`);
    return `| ${id} | ${threat} | ${mitigation} | ${shown.join(" · ")} |`;
  });
  return `# Threats, what stands in their way, and the tests that show it

Made from \`tooling/launch/threats.mjs\`, which names each test by its title; a test fails while this page differs, or while a
title is gone. \`npm run security\` runs them all and prints one line for each threat, with what was measured.

| # | Threat | What stands in its way | Shown by |
|---|---|---|---|
${rows.join("\n")}
`;
}
