import type { RedemptionOutcome } from "@tessera/contracts";
import { failureIn } from "@tessera/sdk/node";
import type { HistoryEntry } from "../history/history.ts";
import { now } from "../time.ts";

/** What was asked, before anybody knows how it ends. */
export type Asked = Pick<HistoryEntry, "op" | "key" | "scan" | "attempt" | "node" | "tenant">;
/** How it ended. */
export type Heard = Pick<HistoryEntry, "type" | "reason" | "redemption" | "mentions">;

/** Longer than the server's own patience with a silent database (2.5 s), so that we hear its answer. */
const PATIENCE_MS = 4_000;

/**
 * One call and its line in the history. Never throws: what was thrown is `info`, since it may have been done.
 *
 * @param send Ends when its signal says so.
 */
export async function attempt<T>(
  asked: Asked,
  send: (signal: AbortSignal) => Promise<T>,
  heardIn: (answer: T) => Heard,
  patienceMs = PATIENCE_MS,
): Promise<HistoryEntry> {
  const invoke = now();
  const heard = await send(AbortSignal.timeout(patienceMs)).then(heardIn, unheard);
  return { useNo: null, ...asked, ...heard, invoke, return: now() };
}

const unheard = (error: unknown): Heard => ({ type: "info", reason: failureOf(error), redemption: null });

/** A failure by its name; anything else is a surprise, and the programme tells of it. */
function failureOf(error: unknown): string {
  const known = failureIn(error);
  if (known) return known;
  return `surprise: ${error instanceof Error ? error.message : String(error)}`;
}

export function heardInOutcome(outcome: RedemptionOutcome): Heard {
  const mentions = idsIn(outcome);
  return outcome.kind === "redeemed"
    ? { type: "ok", reason: null, redemption: outcome.redemptionId, mentions }
    : { type: "refused", reason: outcome.refusal.reason, redemption: null, mentions };
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** @returns Every id that is named anywhere in an answer. */
export const idsIn = (answer: unknown): string[] => [...new Set(JSON.stringify(answer).match(UUID) ?? [])];
