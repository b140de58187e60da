import { shownId, shownName, shownValue } from "./diff-words.ts";

/** One thing that changed. */
export interface DiffLine {
  name: string;
  before: string;
  after: string;
}

type Columns = Readonly<Record<string, unknown>>;

const isGroup = (value: unknown): value is Columns =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What the things are called that ids stand for. */
export type Names = ReadonlyMap<string, string>;

/**
 * @param called Names for ids; one that is not in it is shown as it is.
 * @returns Line by line what changed, in words; what is inside of settings as lines of their own.
 */
export function diffLines(before: Columns, after: Columns, called: Names = new Map()): DiffLine[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => linesOf(name, before[name], after[name], called));
}

function linesOf(path: string, before: unknown, after: unknown, called: Names): DiffLine[] {
  if (isGroup(before) || isGroup(after)) {
    const [was, is] = [isGroup(before) ? before : {}, isGroup(after) ? after : {}];
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
    return names.flatMap((name) => linesOf(`${path}.${name}`, was[name], is[name], called));
  }
  if (JSON.stringify(before ?? null) === JSON.stringify(after ?? null)) return [];
  if (Array.isArray(before) || Array.isArray(after)) return [listLine(path, before, after, called)];
  const shown = (value: unknown) => (typeof value === "string" && called.get(value)) || shownValue(path, value);
  return [{ name: shownName(path), before: shown(before), after: shown(after) }];
}

const MOST_NAMED = 3;

function listLine(path: string, before: unknown, after: unknown, called: Names): DiffLine {
  const [was, is] = [listOf(before), listOf(after)];
  const added = is.ids.filter((id) => !was.ids.includes(id));
  const removed = was.ids.filter((id) => !is.ids.includes(id));
  const changes = was.isCut || is.isCut ? "" : named("with", added, called) + named("without", removed, called);
  return { name: shownName(path), before: was.text, after: `${is.text}${changes}` };
}

const named = (word: string, ids: readonly string[], called: Names): string => {
  if (ids.length === 0) return "";
  const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : "";
  const shown = ids.slice(0, MOST_NAMED).map((id) => called.get(id) ?? shownId(id));
  return `, ${word} ${shown.join(", ")}${more}`;
};

/** The history cuts long lists and says at their end how many they were: "… 5000 in all". */
function listOf(value: unknown): { ids: string[]; isCut: boolean; text: string } {
  if (!Array.isArray(value)) return { ids: [], isCut: false, text: "not set" };
  const ids = value.map(String);
  const cut = /^… (\d+) in all$/.exec(ids.at(-1) ?? "");
  const count = cut ? Number(cut[1]) : ids.length;
  return { ids, isCut: cut !== null, text: count === 0 ? "none" : count.toLocaleString("en") };
}
