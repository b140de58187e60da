import type { LabelState, LabelStep } from "@tessera/contracts";

export const words = {
  title: "Labels",
  loading: "Loading the labels",
  make: "Make labels",
  none: "No labels yet",
  noneText:
    "Make a batch, print it, stick one on each thing, and scan it: the first scan binds it. Nothing has to be decided before.",
  alarms: (count: number) =>
    count === 1
      ? "Somebody scanned a label that leads nowhere."
      : `${count.toLocaleString()} labels that lead nowhere were scanned.`,
  showAlarms: "Show them",
  states: "State",
  alarm: "Scanned in vain",
  batch: "Batch",
  anyBatch: "Every batch",
  batchName: (number: number, count: number, day: string) => `Batch ${number}: ${count} labels, ${day}`,
  label: "Label",
  leadsTo: "Leads to",
  state: "State",
  scans: "Scanned in vain",
  acts: "Can be done",
  nowhere: "Nothing yet",
  once: (count: number, when: string) => (count === 1 ? `Once, ${when}` : `${count} times, last ${when}`),
  bind: "Bind",
  move: "Move",
  retire: "Retire",
  story: (name: string) => `Story of ${name}`,
  actOn: (act: string, name: string) => `${act} ${name}`,
  noMatch: "No such label",
  noMatchText: "Take the filter away.",
  clear: "Show everything",
  more: "Older labels",
  newest: "Newest labels",
} as const;

export const stateWords: Record<LabelState, string> = { unbound: "Waiting", bound: "In use", ended: "Out of use" };

export const makeWords = {
  title: "Make labels",
  count: "How many",
  countHint: "500 at most in one batch.",
  countWrong: "A whole number from 1 to 500.",
  submit: "Make them",
} as const;

export const printWords = {
  title: "Print a batch",
  format: "Sheets",
  print: "Save as PDF",
  hint: "Every code is read once by the scanner before it is printed, so a large batch takes half a minute. Print at 100 %.",
  failed: "The sheets cannot be had. Check your connection and try again.",
  busy: "Drawing and reading the codes",
  file: (number: number, format: string) => `labels-batch-${number}-${format}.pdf`,
} as const;

export const leadWords = {
  bind: (name: string) => `Bind ${name}`,
  move: (name: string) => `Move ${name}`,
  about: "Which thing does it stick on?",
  find: "Find the thing",
  findHint: "Type a part of its name.",
  things: "Things",
  chosen: "Choose a thing first.",
  replaces: "It takes the place of the label there",
  replacesHint: "The one before leads nowhere from now on.",
  submit: "Save",
  none: "Nothing has these words.",
} as const;

export const retireWords = {
  title: (name: string) => `Retire ${name}`,
  what: "It leads nowhere from now on, and nothing brings it back. Whoever scans it is told to ask the staff, and you see it here.",
  submit: "Retire",
} as const;

export const stepWords: Record<LabelStep["type"], (thing: string | null) => string> = {
  "label.claimed": (thing) => `Bound to ${thing ?? "a thing"}`,
  "label.relinked": (thing) => `Moved to ${thing ?? "another thing"}`,
  "label.retired": () => "Taken out of use",
  "label.dead_scan": () => "Scanned while it led nowhere",
};
export const storyWords = {
  close: "Close",
  empty: "Nothing happened to it yet.",
  loading: "Loading its story",
} as const;

export const selfServiceWords = {
  label: "Members take things and bring them back by these labels, without a desk",
  hint: "Without it a label leads to the thing, and its code is shown at a desk.",
} as const;
