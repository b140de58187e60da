import { words } from "./words.ts";

/** As the contract wants a name: 1 to 60 letters. */
export const nameRules = { validate: (name: string) => name.trim() !== "" || words.nameMissing, maxLength: 60 };
