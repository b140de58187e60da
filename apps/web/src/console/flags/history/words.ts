import type { FlagHistoryEntry } from "@tessera/contracts/flags";

export const words = {
  loading: "Loading the history",
  none: "Nothing was changed yet",
  noneText: "Each change stands here with who made it, through which door and why.",
  older: "Load older changes",
  start: "That is all, back to the first change.",
  revision: (number: number) => `Revision ${number.toLocaleString("en")}`,
  noReason: "No reason was given.",
  what: "What",
  before: "Before",
  after: "After",
  changes: (revision: number) => `What revision ${revision} changed`,
  nothing: "Nothing that shows here.",
};

/** Through which door a change came. */
export const doors: Record<FlagHistoryEntry["via"], string> = {
  console: "in the console",
  http: "over HTTP",
  sql: "by SQL",
  ramp: "by the ramp",
  breaker: "by the breaker",
};
