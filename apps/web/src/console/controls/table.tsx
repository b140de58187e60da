import type { ReactNode } from "react";

interface TableProps {
  /** What the table shows; read first, and shown where no heading says it. */
  caption: string;
  showsCaption?: boolean;
  head: readonly string[];
  /** Each with its own key and one cell for each of the heads; the first names the row. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  /** Which columns are figures. */
  figures?: readonly number[];
}

/** Figures and facts in rows. Too wide for the screen it scrolls by itself, with the keyboard too. */
export function Table({ caption, showsCaption = false, head, rows, figures = [] }: TableProps) {
  const align = (column: number) => (figures.includes(column) ? "text-right" : "text-left");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={caption} tabIndex={0} className="overflow-x-auto rounded-card border border-line bg-surface">
      <table className="w-full border-collapse text-sm">
        <caption className={showsCaption ? "px-2.5 pt-3 sm:px-4 text-left font-semibold" : "sr-only"}>
          {caption}
        </caption>
        <thead>
          <tr>
            {head.map((name, column) => (
              <th
                key={name}
                scope="col"
                className={`px-2.5 py-2.5 sm:px-4 font-semibold text-ink-soft ${align(column)}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...others] }) => (
            <tr key={key} className="border-t border-line">
              <th scope="row" className={`px-2.5 py-2.5 sm:px-4 font-medium ${align(0)}`}>
                {first}
              </th>
              {others.map((cell, place) => (
                <td key={head[place + 1]} className={`px-2.5 py-2.5 sm:px-4 ${align(place + 1)}`}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
