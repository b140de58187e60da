import { failureIn } from "@tessera/sdk";
import { failureWords } from "../common/failure-words.ts";
import type { Lost } from "./line.ts";

/** Why the kiosk is no desk any more, and what that means. */
export const lostWords: Record<Lost, string> = {
  turned_away: "The server does not know this desk any more: perhaps its data is new. Pair it again.",
  left: "This kiosk is no desk any more. Pair it to go on.",
  wiped: "Staff had this kiosk forget everything, and it has. Pair it to go on.",
};

/** The address named a desk that there is not. */
export const unknownDeskWords = (name: string): string =>
  `There is no desk “${name}” here. Check the name in the address, or pair this screen with a code.`;

export const unknownCodeWords =
  "This code is not known, or it was used or is older than 15 minutes. Ask for a fresh one.";

/** What went wrong with a pairing, and what to do. */
export const pairingFailureWords = (error: unknown): string =>
  `${failureWords(failureIn(error) ?? "unexpected")} Try again in a moment.`;
