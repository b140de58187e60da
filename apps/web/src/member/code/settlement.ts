import type { Checkout, Instant, Purpose } from "@tessera/contracts";
import type { Redemptions } from "../../live/redemptions.ts";
import type { HeldCode } from "./held-code.ts";

/** What became of the codes of this screen at a desk. */
export interface Settlement {
  purpose: Purpose;
  /** When the thing must be back, or had to be. */
  dueAt: Instant;
}

interface Facts {
  purpose: Purpose;
  resourceId: string;
  redemptions: Redemptions;
  loans: readonly Checkout[];
}

/**
 * Whether a desk took one of these codes. The live event says it first; the list of loans says it too, so that a missed
 * event only costs a moment. Both times are the server's, so this device's clock has no say.
 */
export function settlementOf({ shownIds, since }: HeldCode, facts: Facts): Settlement | null {
  const { purpose, resourceId, redemptions, loans } = facts;
  const event = shownIds.map((id) => redemptions.get(id)).find(Boolean);
  if (event) return { purpose, dueAt: event.payload.dueAt };
  if (!since) return null;

  const happenedAt = (loan: Checkout) => (purpose === "check_out" ? loan.outAt : loan.returnedAt);
  const loan = loans.find((one) => one.resource.id === resourceId && (happenedAt(one) ?? "") >= since);
  return loan ? { purpose, dueAt: loan.dueAt } : null;
}
