/** The page's look: the product's own paper, ink and terracotta, on a screen of any width, in the dark, and on paper. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: light-dark(oklch(0.964 0.013 84), oklch(0.205 0.01 62));
  --surface: light-dark(oklch(0.991 0.006 84), oklch(0.25 0.012 62));
  --sunken: light-dark(oklch(0.93 0.018 82), oklch(0.168 0.009 62));
  --ink: light-dark(oklch(0.255 0.02 58), oklch(0.945 0.012 84));
  --ink-soft: light-dark(oklch(0.47 0.026 62), oklch(0.755 0.02 78));
  --line: light-dark(oklch(0.885 0.018 80), oklch(0.335 0.014 64));
  --accent: light-dark(oklch(0.525 0.14 38), oklch(0.735 0.125 45));
  --ok: light-dark(oklch(0.5 0.085 168), oklch(0.75 0.105 168));
  --ok-wash: light-dark(oklch(0.93 0.024 158), oklch(0.29 0.03 165));
  --wait: light-dark(oklch(0.5 0.108 66), oklch(0.8 0.135 78));
  --wait-wash: light-dark(oklch(0.94 0.045 82), oklch(0.3 0.045 76));
  --no: light-dark(oklch(0.485 0.165 28), oklch(0.71 0.155 27));
  --no-wash: light-dark(oklch(0.93 0.03 26), oklch(0.29 0.06 26));
  font: 1rem/1.55 "Hanken Grotesk Variable", "Hanken Grotesk", ui-sans-serif, system-ui, sans-serif;
  font-variant-numeric: tabular-nums;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere; }
main, header, footer { max-width: 66rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); }
header { padding-top: clamp(2rem, 7vw, 4.5rem); }
h1 { font-size: clamp(1.9rem, 5.5vw, 3.1rem); line-height: 1.08; letter-spacing: -0.02em; margin: 0.4rem 0 1rem; text-wrap: balance; }
h2 { font-size: 1.4rem; line-height: 1.25; letter-spacing: -0.01em; margin: 0; text-wrap: balance; }
p { margin: 0.4rem 0; max-width: 46rem; }
a { color: var(--accent); text-underline-offset: 0.2em; }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
code { font: 0.9em ui-monospace, "Cascadia Mono", Menlo, monospace; background: var(--sunken); padding: 0.1em 0.35em; border-radius: 4px; }
.kicker, .soft { color: var(--ink-soft); }
.kicker { font-weight: 600; letter-spacing: 0.01em; margin: 0; }

.tiles { display: flex; flex-wrap: wrap; gap: 6px; list-style: none; margin: 1.75rem 0; padding: 0; }
.tiles a { display: block; width: 2.4rem; aspect-ratio: 1; background: var(--tone); }
.tiles a:hover { transform: translateY(-2px); }

.passed { --tone: var(--ok); --wash: var(--ok-wash); }
.failed { --tone: var(--no); --wash: var(--no-wash); }
.skipped { --tone: var(--wait); --wash: var(--wait-wash); }

.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 9.5rem), 1fr)); gap: 1px; margin: 1.25rem 0;
  background: var(--line); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.figures > div { background: var(--surface); padding: 0.85rem 1rem; }
.figures dt { color: var(--ink-soft); font-size: 0.9rem; line-height: 1.35; }
.figures dd { margin: 0.15rem 0 0; }
.figures dd strong { font-size: 1.5rem; line-height: 1.2; letter-spacing: -0.01em; font-weight: 650; }
.figures dd small { display: block; color: var(--ink-soft); font-size: 0.85rem; }
.figures .missed strong, .figures .missed small { color: var(--wait); }
meter { width: 100%; height: 0.5rem; margin-top: 0.4rem; }

.step { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: clamp(1rem, 3vw, 1.75rem); margin: 1.25rem 0; scroll-margin-top: 1rem; }
.step > header { display: flex; flex-wrap: wrap; gap: 0.4rem 0.9rem; align-items: baseline; padding: 0; max-width: none; }
.badge { color: var(--tone); background: var(--wash); border-radius: 99px; padding: 0.1rem 0.7rem; font-weight: 650; font-size: 0.9rem; }
.says { font-size: 1.06rem; }
.step .figures > div { background: var(--paper); }

.scroll { overflow-x: auto; margin: 1.25rem 0 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; line-height: 1.4; }
caption { text-align: left; font-weight: 650; padding-bottom: 0.5rem; }
th, td { text-align: left; vertical-align: top; padding: 0.45rem 0.9rem 0.45rem 0; border-bottom: 1px solid var(--line); min-width: 4rem; overflow-wrap: break-word; }
thead th { color: var(--ink-soft); font-weight: 600; }
tbody th { font-weight: 600; }
td.number, th.number { text-align: right; white-space: nowrap; }

section.plain { margin: 2.75rem 0; }
section.plain ul { padding-left: 1.2rem; max-width: 46rem; }
section.plain li { margin: 0.35rem 0; }
footer { color: var(--ink-soft); padding-block: 1.5rem 3.5rem; }

@media (width < 40rem) {
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  tr { display: block; border-bottom: 1px solid var(--line); padding: 0.6rem 0; }
  th, td, td.number { display: grid; grid-template-columns: 7.5rem 1fr; gap: 0.75rem; border: 0; padding: 0.15rem 0; text-align: left; white-space: normal; }
  th::before, td::before { content: attr(data-label); color: var(--ink-soft); font-weight: 400; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } .tiles a { transition: transform 150ms; } }
@media print {
  :root { color-scheme: light; font-size: 10pt; }
  body { background: white; }
  .step { break-inside: auto; border-color: var(--line); }
  .step > header, h2, caption { break-after: avoid; }
  tr, .figures > div { break-inside: avoid; }
  .tiles a, .badge { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  thead { display: table-header-group; }
}
`;
