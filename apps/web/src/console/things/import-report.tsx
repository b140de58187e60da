import { importProblems, type ImportReport as Report } from "@tessera/contracts";
import { Table } from "../controls/table.tsx";
import { importWords as words } from "./words.ts";

/** What a file would bring, or everything that is wrong with it. */
export function ImportReport({ file, report }: { file: string; report: Report }) {
  const { count, problems, problemCount } = report;
  if (problemCount === 0)
    return <p className="font-medium text-ok [overflow-wrap:anywhere]">{words.good(file, count)}</p>;

  return (
    <>
      <p className="font-medium text-no [overflow-wrap:anywhere]">
        {words.bad(file, problemCount)} {problems.length < problemCount && words.first(problems.length)}
      </p>
      <div className="grid max-h-72 grid-cols-1 overflow-y-auto">
        <Table
          caption={words.report}
          head={[words.row, words.column, words.value, words.what]}
          figures={[0]}
          rows={problems.map(({ row, column, reason, value }, place) => ({
            key: `${place}`,
            cells: [
              row,
              column,
              <span key="value" className="[overflow-wrap:anywhere]">
                {value}
              </span>,
              importProblems[reason],
            ],
          }))}
        />
      </div>
    </>
  );
}
