import {
  type ImportProblem,
  type ImportProblemReason,
  type ImportReport,
  isStorable,
  MOST_IMPORTED,
  type ResourceKind,
  resourceKinds,
  type Thing,
  type ThingWords,
  thingLimits,
} from "@tessera/contracts";
import { readCsv, writeCsv } from "./csv.ts";
import { loanText, minutesOf } from "./loan-text.ts";

/** The columns of a file of things, in the order they are written in. Only the name has to be there. */
export const thingColumns = ["name", "kind", "place", "description", "loan"] as const;
type Column = (typeof thingColumns)[number];

/** What a cell that says nothing stands for. */
const USUAL = { kind: "tool", loanMinutes: 10_080 } as const satisfies Partial<ThingWords>;

const MOST_TOLD = 200;
const TOLD_LETTERS = 40;

/** What a file would bring. */
export interface ReadThings extends ImportReport {
  /** Nothing, while anything is wrong: all of a file comes in, or none of it. */
  things: ThingWords[];
}

/**
 * Reads a file of things, and finds everything that is wrong with it: of each row all, not the first alone.
 *
 * @param csv The whole file.
 */
export function readThings(csv: string): ReadThings {
  const { head, rows, numbers, broken } = readCsv(csv, MOST_IMPORTED);
  const columns = head.map((name) => name.toLowerCase());
  const ofFile = [...columnProblems(head, columns), ...broken.map((row) => problem(row, null, "unreadable", ""))];
  if (rows.length === 0) ofFile.push(problem(1, null, "empty", ""));
  if (rows.length > MOST_IMPORTED) ofFile.push(problem(MOST_IMPORTED + 2, null, "too_many_rows", ""));
  if (ofFile.length > 0) return reportOf([], ofFile, Math.min(rows.length, MOST_IMPORTED));

  const read = rows.map((cells, index) => readThing(cells, columns as Column[], numbers[index] ?? 0));
  const things = read.map(({ thing }) => thing);
  return reportOf(
    things,
    read.flatMap(({ problems }) => problems),
    things.length,
  );
}

function reportOf(things: ThingWords[], problems: ImportProblem[], count: number): ReadThings {
  const first = problems.slice(0, MOST_TOLD);
  return { things: problems.length > 0 ? [] : things, problems: first, problemCount: problems.length, count };
}

const problem = (row: number, column: string | null, reason: ImportProblemReason, value: string): ImportProblem => ({
  row,
  column: column === null ? null : told(column),
  reason,
  value: told(value),
});

/** What is told is kept too, in the answer to a retry. */
const told = (text: string): string => (isStorable(text) ? Array.from(text).slice(0, TOLD_LETTERS).join("") : "");

function columnProblems(head: readonly string[], columns: readonly string[]): ImportProblem[] {
  const known: readonly string[] = thingColumns;
  return [
    ...head.flatMap((name, place) => {
      const column = columns[place] ?? "";
      if (!known.includes(column)) return [problem(1, name, "unknown_column", name)];
      return columns.indexOf(column) < place ? [problem(1, name, "repeated_column", name)] : [];
    }),
    ...(columns.includes("name") ? [] : [problem(1, "name", "missing_column", "")]),
  ];
}

function readThing(cells: readonly string[], columns: readonly Column[], row: number) {
  const cell = (column: Column) => withoutMark(cells[columns.indexOf(column)] ?? "");
  const [name, place, description] = [cell("name"), cell("place"), cell("description")];
  const kind = kindOf(cell("kind"));
  const loanMinutes = cell("loan") === "" ? USUAL.loanMinutes : minutesOf(cell("loan"));
  const found = (reason: ImportProblemReason, column: Column | null, value: string) =>
    problem(row, column, reason, value);

  const problems = [
    ...(cells.slice(columns.length).some((extra) => extra.trim())
      ? [found("too_many_cells", null, cells.join(" "))]
      : []),
    ...(name === "" ? [found("missing_name", "name", "")] : []),
    ...(name.length > thingLimits.name ? [found("name_too_long", "name", name)] : []),
    ...(kind === null ? [found("wrong_kind", "kind", cell("kind"))] : []),
    ...(place.length > thingLimits.place ? [found("place_too_long", "place", place)] : []),
    ...(description.length > thingLimits.description
      ? [found("description_too_long", "description", description)]
      : []),
    ...(loanMinutes === null ? [found("wrong_loan", "loan", cell("loan"))] : []),
    ...([name, place, description].every(isStorable) ? [] : [found("broken_letters", null, name)]),
  ];
  const thing = { name, place, description, kind: kind ?? USUAL.kind, loanMinutes: loanMinutes ?? USUAL.loanMinutes };
  return { thing, problems };
}

/** The mark that makes a text of a formula is ours (`writeCsv`), and no part of a name. */
const withoutMark = (cell: string): string => cell.trim().replace(/^'(?=[=+\-@])/, "");

function kindOf(text: string): ResourceKind | null {
  if (text === "") return USUAL.kind;
  return resourceKinds.find((kind) => kind === text.toLowerCase()) ?? null;
}

/** @returns A file that `readThings` reads back. */
export const writeThings = (things: readonly Pick<Thing, keyof ThingWords>[]): string =>
  writeCsv(
    thingColumns,
    things.map(({ name, kind, place, description, loanMinutes }) => [
      name,
      kind,
      place,
      description,
      loanText(loanMinutes),
    ]),
  );
