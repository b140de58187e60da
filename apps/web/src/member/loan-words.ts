import type { Checkout, Speech } from "@tessera/contracts";
import { shortMoment } from "@tessera/ui";

export type LoanState = "out" | "soon" | "overdue" | "returned";

const SOON_MS = 24 * 3_600_000;

/** How a loan stands: what colour it wears, and the words that say the same. */
export function loanWords({ dueAt, returnedAt }: Checkout, speech: Speech): { state: LoanState; text: string } {
  if (returnedAt) return { state: "returned", text: `Returned ${shortMoment(returnedAt, speech)}` };

  const left = new Date(dueAt).getTime() - speech.now.getTime();
  const due = shortMoment(dueAt, speech);
  if (left < 0) return { state: "overdue", text: `Overdue since ${due}` };
  return { state: left < SOON_MS ? "soon" : "out", text: `Due ${due}` };
}

/** The open loan of one thing, if I have it. */
export const loanOf = (checkouts: readonly Checkout[] | undefined, resourceId: string): Checkout | undefined =>
  checkouts?.find(({ resource, returnedAt }) => resource.id === resourceId && !returnedAt);
