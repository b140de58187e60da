import type { ResourceKind, ThingState } from "@tessera/contracts";

export const words = {
  title: "Things",
  loading: "Loading the things",
  add: "Add a thing",
  import: "Import a file",
  export: "Save as CSV",
  file: (day: string) => `things-${day}.csv`,
  search: "Search by name, place or description",
  kind: "Kind",
  anyKind: "Every kind",
  place: "Place",
  anyPlace: "Every place",
  states: "State",
  count: (count: number) => (count === 1 ? "1 thing" : `${count.toLocaleString()} things`),
  name: "Name",
  loan: "Loan",
  state: "State",
  acts: "Can be done",
  retired: (when: string) => `Retired ${when}`,
  edit: (name: string) => `Change ${name}`,
  retire: "Retire",
  retireWhat: (name: string) => `Retire ${name}`,
  bringBack: "Bring back",
  bringBackWhat: (name: string) => `Bring ${name} back`,
  previous: "Previous page",
  next: "Next page",
  noMatch: "Nothing matches",
  noMatchText: "Try fewer letters, or take a filter away.",
  clear: "Show everything",
  none: "Nothing to lend yet",
  noneText: "Add the first thing here, or import a list from a spreadsheet. Members see it at once.",
} as const;

export const stateWords: Record<ThingState, string> = { free: "Free", out: "Out", retired: "Retired" };

export const kindWords: Record<ResourceKind, string> = {
  tool: "Tool",
  room: "Room",
  bike: "Bike",
  camera: "Camera",
  garden: "Garden",
  kitchen: "Kitchen",
  sport: "Sport",
  spa: "Spa",
  towel: "Towel",
};

export const formWords = {
  add: "Add a thing",
  edit: (name: string) => `Change ${name}`,
  save: "Save",
  name: "Name",
  nameHint: "As people say it: Cordless drill.",
  nameMissing: "Give the thing a name.",
  tooLong: (letters: number) => `${letters} letters at most.`,
  kind: "Kind",
  place: "Place",
  placeHint: "Where it stands: Shelf 3.",
  description: "Description",
  descriptionHint: "What belongs to it, and what to know before using it.",
  loan: "Longest loan",
  unit: "Unit",
  loanWrong: "A whole number of minutes, and a year at most.",
} as const;

export const retireWords = {
  title: (name: string) => `Retire ${name}`,
  what: [
    "Nobody can take it any more, and it leaves the members' lists.",
    "Its loans stay on record, and you can bring it back.",
  ],
  stillOut: (holder: string, due: string) => `${holder} has it, until ${due}. Take it back first, then retire it.`,
} as const;

export const importWords = {
  title: "Import things",
  about: "A CSV file with one thing in each row, 2,000 at most. The first row has the names of the columns:",
  columns: "name, kind, place, description, loan",
  aboutColumns:
    "Only the name is needed. The kind is one of those in the list, the loan is written as 30 min, 4 h or 7 d.",
  choose: "Choose a file",
  other: "Choose another file",
  tooLarge: "This file is too large for 2,000 things.",
  checking: "Looking through the file",
  good: (file: string, count: number) => `${file}: ${words.count(count)}, and nothing is wrong.`,
  bad: (file: string, problems: number) =>
    `${file}: ${problems === 1 ? "1 mistake" : `${problems.toLocaleString()} mistakes`}. Nothing is imported until all are mended.`,
  first: (told: number) => `These are the first ${told}.`,
  report: "What is wrong",
  row: "Row",
  column: "Column",
  value: "There stands",
  what: "What to do",
  submit: (count: number) => `Import ${words.count(count)}`,
  submitNone: "Import",
  done: (count: number) => `${words.count(count)} imported.`,
  close: "Close",
} as const;
