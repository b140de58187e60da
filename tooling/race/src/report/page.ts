import { pageStyle } from "./page-style.ts";
import {
  type Figure,
  isReached,
  missedTargets,
  type ProofReport,
  type StepReport,
  spelled,
  stands,
  type Table,
} from "./report.ts";

/** @returns The report as one page that needs nothing else: no script, no picture, no font from elsewhere. */
export function pageOf(report: ProofReport): string {
  const { steps, limits, notTested, versions } = report;
  const word = stands(report) ? "The proof stands" : "The proof does not stand";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(word)}: Tessera, ${text(dayOf(report))}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<p class="kicker">Tessera: exactly once, proven</p>
<h1>${text(headline(report))}</h1>
<p>${text(summary(report))}</p>
${figureList(steps.flatMap(({ figures }) => figures.filter((figure) => figure.isHeadline)))}
<ul class="tiles" aria-label="The steps">${steps.map(tile).join("")}</ul>
</header>
<main>
${steps.map(section).join("\n")}
${list("not-tested", "What was not tested", notTested)}
${list("limits", "What the figures do not say", limits)}
<section class="plain" id="again"><h2>To have the same again</h2>
<p><code>${text(report.command)}</code></p>
<p class="soft">Seeds ${text(report.seeds.join(", "))}. They decide the faults and the work; the machine decides the timing.</p></section>
<section class="plain" id="versions">${table({
    caption: "What was running",
    head: ["What", "Version"],
    rows: versions.map(({ of, version }) => [of, version]),
  })}</section>
</main>
<footer>Written ${text(report.madeAt.replace("T", " ").slice(0, 16))} UTC by <code>npm run prove</code>, in ${text(duration(report.lastedMs))}. The same facts for programs: <code>proof.json</code>.</footer>
</body>
</html>
`;
}

function headline(report: ProofReport): string {
  const failed = report.steps.filter(({ outcome }) => outcome === "failed");
  if (failed.length > 0) return `Broken: ${failed.map(({ title }) => title.toLowerCase()).join(", ")}`;
  return stands(report) ? "Every promise that was tested held" : "Nothing was proven";
}

function summary(report: ProofReport): string {
  const count = (outcome: StepReport["outcome"]) => report.steps.filter((step) => step.outcome === outcome).length;
  const missed = missedTargets(report);
  const parts = [`${count("passed")} of ${report.steps.length} steps passed`];
  if (count("failed") > 0) parts.push(`${count("failed")} failed`);
  if (count("skipped") > 0) parts.push(`${count("skipped")} could not be taken here`);
  if (missed.length > 0)
    parts.push(`${missed.length} ${missed.length === 1 ? "figure misses" : "figures miss"} its target`);
  return `${parts.join("; ")}. This is the ${report.form} form, of ${dayOf(report)}.`;
}

const tile = ({ id, title, outcome }: StepReport): string =>
  `<li class="${outcome}"><a href="#${id}" title="${text(`${title}: ${outcome}`)}" aria-label="${text(`${title}: ${outcome}`)}"></a></li>`;

function section({ id, title, asks, says, outcome, figures, tables, lastedMs }: StepReport): string {
  return `<section class="step ${outcome}" id="${id}">
<header><h2>${text(title)}</h2><span class="badge">${outcome}</span><span class="soft">${text(duration(lastedMs))}</span></header>
<p class="soft">${text(asks)}</p>
<p class="says">${text(says)}</p>
${figureList(figures)}
${tables.map(table).join("\n")}
</section>`;
}

const figureList = (figures: readonly Figure[]): string =>
  figures.length > 0 ? `<dl class="figures">${figures.map(figureCell).join("")}</dl>` : "";

function figureCell(figure: Figure): string {
  const { name, value, unit = "", target } = figure;
  const shown = typeof value === "number" ? spelled(value) : value;
  const goal =
    target && ("atMost" in target ? { word: "at most", at: target.atMost } : { word: "at least", at: target.atLeast });
  const aim = goal
    ? `<small>${isReached(figure) ? "target" : "missed:"} ${goal.word} ${spelled(goal.at)} ${text(unit)}</small>`
    : "";
  return `<div${isReached(figure) ? "" : ' class="missed"'}><dt>${text(name)}</dt><dd><strong>${text(shown)}</strong> ${text(unit)}${aim}</dd></div>`;
}

/** On a narrow screen each row becomes a block, and every cell bears the name of its column. */
function table({ caption, head, rows }: Table): string {
  const isNumber = (column: number) =>
    rows.length > 0 && rows.every((row) => /^[\d,.]*( (ms|s|%|MB))?$/.test(row[column] ?? ""));
  const kind = head.map((_, column) => (isNumber(column) ? ' class="number"' : ""));
  const cell = (value: string, column: number) => {
    const label = ` data-label="${text(head[column] ?? "")}"`;
    return column === 0
      ? `<th scope="row"${label}>${text(value)}</th>`
      : `<td${kind[column]}${label}>${text(value)}</td>`;
  };
  return `<div class="scroll" tabindex="0" role="region" aria-label="${text(caption)}"><table><caption>${text(caption)}</caption>
<thead><tr>${head.map((name, column) => `<th scope="col"${column === 0 ? "" : kind[column]}>${text(name)}</th>`).join("")}</tr></thead>
<tbody>${rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("\n")}</tbody></table></div>`;
}

function list(id: string, title: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  return `<section class="plain" id="${id}"><h2>${text(title)}</h2><ul>${items.map((item) => `<li>${text(item)}</li>`).join("")}</ul></section>`;
}

const dayOf = ({ madeAt }: ProofReport): string =>
  new Date(madeAt).toLocaleDateString("en", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const duration = (ms: number): string =>
  ms < 90_000 ? `${spelled(ms / 1_000)} s` : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** What a step says may hold anything: an error's message, a code's text. */
const text = (raw: string): string => raw.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
