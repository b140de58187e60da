import Papa from "papaparse";

/** A file of cells, as it was read. Rows are numbered as a person counts them: the head is 1. */
export interface CsvFile {
  /** The names of the columns, without space around them. */
  head: string[];
  rows: string[][];
  /** Of each row, its number in the file. */
  numbers: number[];
  /** In which rows quotation marks do not fit together. */
  broken: number[];
}

/** What may stand between cells: spreadsheets write a semicolon where the comma belongs to numbers. */
const DELIMITERS = [",", ";", "\t"];

/** The names of columns hold none of them, so whichever stands in the first line most is it. */
function delimiterOf(text: string): string {
  const [line = ""] = text.split(/[\r\n]/, 1);
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, times: line.split(delimiter).length }));
  return counted.toSorted((a, b) => b.times - a.times)[0]?.delimiter ?? ",";
}

/** So many rows a file may have in which nothing stands: the head is one, a spreadsheet leaves some below. */
const EMPTY_ROWS = 1_000;

/**
 * Reads a file of cells. Rows in which nothing stands are left out, but for the counting.
 *
 * @param text The whole file; a mark of its encoding may stand before it.
 * @param most Rows below the head that are read; one more tells that there were too many.
 */
export function readCsv(text: string, most: number): CsvFile {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: delimiterOf(text), preview: most + EMPTY_ROWS });
  const broken = [...new Set(errors.filter(({ type }) => type === "Quotes").map(({ row = 0 }) => row + 1))];
  const [head = [], ...below] = data;
  const filled = below
    .map((row, index) => ({ row, number: index + 2 }))
    .filter(({ row }) => row.some((cell) => cell.trim()));
  const told = filled.slice(0, most + 1);
  return {
    head: head.map((name) => name.trim()),
    rows: told.map(({ row }) => row),
    numbers: told.map(({ number }) => number),
    broken,
  };
}

/**
 * @param head The names of the columns.
 * @param rows Their cells.
 * @returns The file. A cell that a spreadsheet would take for a formula gets a mark before it, which makes it a text.
 */
export const writeCsv = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  Papa.unparse({ fields: [...head], data: rows.map((row) => [...row]) }, { escapeFormulae: true });
