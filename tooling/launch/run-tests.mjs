import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "./build.mjs";
import { quietTools, withoutOuterNpx } from "./environment.mjs";
import { install } from "./install.mjs";
import { memory, root } from "./paths.mjs";
import { provideServices } from "./services.mjs";
import { closingLine, readReportFile, skippedTable } from "./test-report.mjs";
import { generate } from "./turbo.mjs";
import { whenLeftAlone } from "./when-left-alone.mjs";

const reportFile = join(memory, "test-report.json");
/** For `.ci/run`, which adds the checks and prints the total. */
const countsFile = join(memory, "test-counts.json");

/** The person's own settings, such as a database with their data, must not reach a server that a suite starts. */
export function withoutSettings(env) {
  const setting = /^(PORT|PUBLIC_URL|DATABASE_URL|DATABASE_REPLICA_URL|REDIS_URLS?|TRUST_PROXY_HOPS|TESSERA_.*)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !setting.test(name)));
}

/** vitest in the foreground: it hears Ctrl-C with us and ends by itself, so that services are stopped after it. */
function runVitest(args, env) {
  const vitest = join(dirname(createRequire(join(root, "package.json")).resolve("vitest/package.json")), "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [vitest, "run", ...reporters, ...args], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...withoutSettings(withoutOuterNpx(process.env)), ...quietTools, ...env },
    });
    const pass = (signal) => child.kill(signal);
    process.on("SIGTERM", pass).on("SIGINT", () => {});
    whenLeftAlone(() => pass("SIGTERM"));
    child.on("error", () => resolve(1));
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

function printServices(services) {
  for (const { name, available, how, reason } of services) {
    console.log(available ? `  ${name}: ${how}` : `  ${name}: MISSING, its suites are skipped: ${reason}`);
  }
}

export async function main(args, env) {
  await install();
  await generate();
  await build();

  const provided = await provideServices(env);
  printServices(provided.services);
  mkdirSync(memory, { recursive: true });
  for (const file of [reportFile, countsFile]) rmSync(file, { force: true }); // an earlier run must not speak for this one

  let exitCode = 1;
  try {
    exitCode = await runVitest(args, provided.env);
  } finally {
    await provided.stop();
  }

  const report = readReportFile(reportFile, exitCode, `${root}/`);
  console.log(`\n${skippedTable(provided.services, report.rows)}\n`);
  if (report.passed + report.failed === 0) console.log("No test ran: a run that proves nothing counts as failed.");
  const { passed, failed, skipped } = report;
  writeFileSync(countsFile, JSON.stringify({ passed, failed, skipped }));
  console.log(closingLine(report));
  return report.failed > 0 || report.passed === 0 ? 1 : 0;
}
