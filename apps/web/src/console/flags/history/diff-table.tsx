import { ArrowRight } from "lucide-react";
import type { DiffLine } from "./diff.ts";
import { words } from "./words.ts";

/** Before and after, side by side; one below the other where there is no room. */
export function DiffTable({ caption, lines }: { caption: string; lines: readonly DiffLine[] }) {
  if (lines.length === 0) return <p className="text-sm text-ink-soft">{words.nothing}</p>;
  return (
    <table className="w-full table-fixed border-collapse text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{words.what}</th>
          <th scope="col">{words.before}</th>
          <th scope="col">{words.after}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, before, after }) => (
          <tr key={name} className="border-t border-line align-top">
            <th scope="row" className="py-2 pr-3 text-left font-medium">
              {name}
            </th>
            <td className="py-2 pr-3 text-ink-soft">{before}</td>
            <td className="py-2 font-medium">
              <span className="flex gap-2">
                <ArrowRight aria-hidden strokeWidth={1.75} className="mt-0.5 size-4 shrink-0 text-ink-soft" />
                <span className="min-w-0 [overflow-wrap:anywhere]">{after}</span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
