import type { RedemptionOutcome, Scan } from "@tessera/contracts";
import { Failed } from "@tessera/domain/failed";
import { failureIn, type RetryOptions, untilAnswered } from "@tessera/sdk";
import type { Undecided } from "./desk-state.ts";

export type Sent =
  | { kind: "answered"; outcome: RedemptionOutcome }
  | { kind: "undecided"; because: Undecided }
  /** The server does not know this desk any more. The scan is still to be decided. */
  | { kind: "turned_away" };

/** Sends one scan until it is decided, five times at most, always under the same scan id. Never throws. */
export async function sendScan(
  redeem: (scan: Scan) => Promise<RedemptionOutcome>,
  scan: Scan,
  options: RetryOptions = {},
): Promise<Sent> {
  try {
    return { kind: "answered", outcome: await untilAnswered(() => redeem(scan), { tries: 5, ...options }) };
  } catch (error) {
    if (isTurnedAway(error)) return { kind: "turned_away" };
    const because = error instanceof Failed ? error.failure : failureIn(error);
    return { kind: "undecided", because: because ?? "unexpected" };
  }
}

/** @returns Whether the server asked "who are you?". */
export function isTurnedAway(error: unknown): boolean {
  const data = error instanceof Error && "data" in error ? (error.data as { code?: string } | null) : null;
  return data?.code === "UNAUTHORIZED";
}
