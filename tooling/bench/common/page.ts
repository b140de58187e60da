import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const DOCS = fileURLToPath(new URL("../../../docs/", import.meta.url));
const GOALS = "## Goals\n";

/** What a bench found out, as one page of the documents. */
export interface Page {
  title: string;
  /** What was done, and how to read it. */
  intro: string;
  machine: readonly string[];
  /** Tables, each with a heading of its own. */
  body: string;
  /** Rows of `goals.ts`. */
  goals: readonly string[];
}

/** @param command What writes it: `npm run bench -- …`. */
export const pageOf = (command: string, { title, intro, machine, body, goals }: Page): string => `# ${title}

Written by \`${command}\`. Figures of one run on one machine: read the **ratios**, not the rates.
${intro}

${machine.map((line) => `- ${line}`).join("\n")}

${body.trim()}

${GOALS}
| goal | here | reached |
|---|---:|---|
${goals.join("\n")}
`;

/**
 * Writes `docs/benchmarks/NAME.md`, and `docs/benchmarks.md` anew from all pages there are: each bench has its own run, and
 * none forgets the others' figures.
 *
 * @param name Of the bench.
 * @param text Of `pageOf`.
 */
export function writePage(name: string, text: string): void {
  const folder = `${DOCS}benchmarks/`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${name}.md`, text);
  const pages = readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .sort()
    .map((file) => summaryOf(file, readFileSync(folder + file, "utf8")));
  writeFileSync(`${DOCS}benchmarks.md`, [HEAD, ...pages].join("\n"));
}

const HEAD = `# Benchmarks

Put together from the pages in [benchmarks](benchmarks), each written by a run of its own (\`npm run bench -- NAME\`). Every
page has the figures of all who took part; here is what was aimed for. A goal that was not reached says "no".
`;

/** The title, the machine and the goals of a page. */
function summaryOf(file: string, text: string): string {
  const title = text.match(/^# (.+)$/m)?.[1] ?? file;
  const machine = text.split("\n## ", 1)[0]?.match(/^- .+$/gm) ?? [];
  const goals = text.split(GOALS)[1]?.trim() ?? "";
  return `## [${title}](benchmarks/${file})\n\n${machine.join("\n")}\n\n${goals}\n`;
}
