import { words } from "./words.ts";

/** As the contract wants a reason: 3 to 500 characters. */
export const becauseRules = {
  validate: (because: string) => because.trim().length >= 3 || words.becauseMissing,
  maxLength: 500,
};
