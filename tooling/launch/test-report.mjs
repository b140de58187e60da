import { existsSync, readFileSync } from "node:fs";

/** Suites that need a service carry the reason in their title: `describeWith` of @tessera/vitest writes it so. */
const MARK = / \[skipped: (.+?)\]$/;

function skippedRow({ ancestorTitles, title, file, fileFailed }) {
  const marked = ancestorTitles.find((name) => MARK.test(name));
  const what = [...ancestorTitles, title].join(" › ");
  if (!marked) return { what, reason: fileFailed ? `${file} failed before it` : `marked as skipped in ${file}` };
  return { what: marked.replace(MARK, ""), reason: marked.match(MARK)[1] };
}

function byReason(rows) {
  const merged = new Map();
  for (const row of rows) {
    const key = `${row.what}\0${row.reason}`;
    merged.set(key, { ...row, tests: (merged.get(key)?.tests ?? 0) + 1 });
  }
  return [...merged.values()];
}

/**
 * What vitest's JSON report says. A file that could not be loaded has no tests of its own and counts as one failure, and so
 * does a run that ended badly without naming a failed test (an unhandled error, a report that was never written).
 */
export function readReport(report, exitCode, base = "") {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) =>
    file.assertionResults.map((test) => ({
      ...test,
      file: file.name.replace(base, ""),
      fileFailed: file.status === "failed",
    })),
  );
  const count = (...states) => tests.filter((test) => states.includes(test.status)).length;
  const broken = files.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((t) => t.status === "failed"),
  );

  const skipped = tests.filter((test) => ["skipped", "pending", "todo", "disabled"].includes(test.status));
  const failed = count("failed") + broken.length;
  return {
    passed: count("passed"),
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: skipped.length,
    rows: byReason(skipped.map(skippedRow)),
  };
}

export function readReportFile(file, exitCode, base) {
  return readReport(existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null, exitCode, base);
}

/** The one table at the end: services that could not be had, and every skipped suite or test with its reason. */
export function skippedTable(services, rows) {
  const missing = services.filter((service) => !service.available);
  const lines = [
    ...missing.map(({ name, reason }) => [name, "-", reason]),
    ...rows.map(({ what, tests, reason }) => [what, String(tests), reason]),
  ];
  if (lines.length === 0) return "Nothing was skipped.";

  const all = [["Skipped", "Tests", "Reason"], ...lines];
  const width = (column) => Math.max(...all.map((line) => line[column].length));
  const print = ([what, tests, reason]) => `  ${what.padEnd(width(0))}  ${tests.padStart(width(1))}  ${reason}`;
  return all.map(print).join("\n");
}

export const closingLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
