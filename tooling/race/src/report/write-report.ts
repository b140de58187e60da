import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pageOf } from "./page.ts";
import type { ProofReport } from "./report.ts";

/**
 * @param folder Made when it is missing; an earlier report in it is replaced.
 * @returns The files that were written.
 */
export function writeReport(report: ProofReport, folder: string): { json: string; html: string } {
  mkdirSync(folder, { recursive: true });
  const files = { json: join(folder, "proof.json"), html: join(folder, "proof.html") };
  writeFileSync(files.json, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(files.html, pageOf(report));
  return files;
}
