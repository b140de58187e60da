import { z } from "zod";
import { resourceKinds } from "./resource-kinds.ts";

/** As many things as one file may bring. */
export const MOST_IMPORTED = 2_000;
/** The longest file, in letters: 2,000 rows of about 300. */
export const LONGEST_IMPORT = 700_000;

/** What can be wrong with a file of things, and what to do about it. Those that say so are about the file, not about a row. */
export const importProblems = {
  empty:
    "The file has no row with a thing in it. Put the names of the columns in the first row and one thing in each below.",
  too_many_rows: "The file has more than 2,000 things. Split it.",
  unreadable: "Quotation marks do not fit together here. Save the file as CSV once more.",
  missing_column: "There is no column called name.",
  unknown_column: "There is no such column. The columns are name, kind, place, description and loan.",
  repeated_column: "This column stands here twice.",
  too_many_cells:
    "This row has more cells than there are columns. A comma inside a text needs quotation marks around it.",
  missing_name: "The thing has no name.",
  name_too_long: "The name has more than 80 letters.",
  wrong_kind: `There is no such kind. The kinds are ${resourceKinds.join(", ")}.`,
  place_too_long: "The place has more than 60 letters.",
  description_too_long: "The description has more than 500 letters.",
  wrong_loan: "This is no length of a loan. Write 30 min, 4 h or 7 d; a year at most.",
  broken_letters: "There are letters that no text has. Save the file as CSV in UTF-8.",
} as const;
export type ImportProblemReason = keyof typeof importProblems;

/** One thing that is wrong with a file. */
export interface ImportProblem {
  /** In the file as a person counts: the names of the columns are row 1. */
  row: number;
  column: string | null;
  reason: ImportProblemReason;
  /** What stands there, its first letters. */
  value: string;
}
export const ImportProblem: z.ZodType<ImportProblem> = z.object({
  row: z.int().positive(),
  column: z.string().nullable(),
  reason: z.enum(Object.keys(importProblems) as [ImportProblemReason, ...ImportProblemReason[]]),
  value: z.string(),
});

/** A file of things: comma, semicolon or tab between its cells. */
export interface ImportThings {
  csv: string;
}
export const ImportThings: z.ZodType<ImportThings> = z.strictObject({ csv: z.string().max(LONGEST_IMPORT) });

/** What is in a file, and everything that is wrong with it; the first 200 are told. */
export interface ImportReport {
  /** How many things it would bring. */
  count: number;
  problems: ImportProblem[];
  /** How many there are. */
  problemCount: number;
}
const report = {
  count: z.int().nonnegative(),
  problems: z.array(ImportProblem),
  problemCount: z.int().nonnegative(),
};
export const ImportReport: z.ZodType<ImportReport> = z.object(report);

/** All of them, or none. */
export type ImportOutcome = { kind: "imported"; count: number } | ({ kind: "refused" } & ImportReport);
export const ImportOutcome: z.ZodType<ImportOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("imported"), count: z.int().positive() }),
  z.object({ kind: z.literal("refused"), ...report }),
]);
