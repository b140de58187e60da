import type { Run } from "../history/run.ts";
import { checkCounter } from "./counter.ts";
import { checkJournalChain } from "./journal-chain.ts";
import { checkJustification } from "./justification.ts";
import { checkOfflineLedger } from "./offline-ledger.ts";
import { checkProgress, type InfoBudgets } from "./progress.ts";
import { checkRegister } from "./register.ts";
import { checkRevokeOrder } from "./revoke-order.ts";
import { checkSet } from "./set.ts";
import { checkStability } from "./stability.ts";
import { checkSubscriber } from "./subscriber.ts";
import { checkSurprises } from "./surprises.ts";
import { checkTenancy } from "./tenancy.ts";
import type { Violation } from "./violation.ts";

/** Every checker with what it promises, in the order of the report. */
export const checkers = [
  { name: "counter", says: "no code is used more often than it may be", check: checkCounter },
  { name: "set", says: "every yes is written down, with its event", check: checkSet },
  { name: "justification", says: "“already used” is only said of a used code", check: checkJustification },
  { name: "stability", says: "one scan hears one answer, the one in the books", check: checkStability },
  { name: "register", says: "a thing is in one pair of hands at a time", check: checkRegister },
  { name: "revoke order", says: "a cancelled code is not redeemed afterwards", check: checkRevokeOrder },
  { name: "subscriber", says: "every subscriber hears everything, once, in order", check: checkSubscriber },
  { name: "tenancy", says: "no tenant hears of another", check: checkTenancy },
  { name: "progress", says: "after the faults it works again within five seconds", check: checkProgress },
  { name: "offline ledger", says: "every offline scan gets one verdict", check: checkOfflineLedger },
  { name: "journal chain", says: "the journal is whole and has every decision", check: checkJournalChain },
  { name: "surprises", says: "nothing fails in a way that nobody foresaw", check: checkSurprises },
] as const;

export type CheckerName = (typeof checkers)[number]["name"];

/**
 * Judges one run by everything we know.
 *
 * @param budgets See `checkProgress`.
 * @returns What was broken; nothing when all is well.
 */
export function checkRun(run: Run, budgets: InfoBudgets = {}): Violation[] {
  return checkers.flatMap(({ check }) => check(run, budgets));
}
