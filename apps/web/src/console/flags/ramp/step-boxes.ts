import { parsePercent } from "../../controls/percent.ts";
import { wholeNumber } from "./plan-form.ts";
import { words } from "./words.ts";

/** Kinds as a list to choose from. */
export const choicesOf = (kinds: Record<string, string>) =>
  Object.entries(kinds).map(([value, label]) => ({ value, label }));

/** What a box takes, or what is wrong with it. */
export const isShare = (text: string) => parsePercent(text) !== null || words.shareWrong;
export const isCount = (text: string) => wholeNumber(text) !== null || words.countWrong;

/** Boxes side by side as far as there is room for them. */
export const sideBySide = "grid grid-cols-[repeat(auto-fit,minmax(min(14rem,100%),1fr))] items-start gap-4";
