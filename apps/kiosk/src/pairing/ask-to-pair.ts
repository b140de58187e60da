import type { PairedDevice, PollOutcome, StartedPairing } from "@tessera/contracts";

/** How a kiosk's request stands, for the screen. `denied` stays until somebody asks anew. */
export type Asking =
  | { kind: "starting" }
  | { kind: "unreachable" }
  | { kind: "waiting"; request: StartedPairing; isReached: boolean }
  | { kind: "denied" };

export interface AskTools {
  start(): Promise<StartedPairing>;
  poll(deviceCode: string): Promise<PollOutcome>;
  /** @throws When nobody waits any more. */
  wait(ms: number): Promise<void>;
  now(): number;
  tell(asking: Asking): void;
}

const AGAIN_MS = 3_000;

/**
 * Asks to become a desk (RFC 8628) until staff have said yes or no. A code that ran out is renewed.
 *
 * @returns The desk; null when staff said no.
 * @throws What `wait` throws.
 */
export async function askToPair(tools: AskTools): Promise<PairedDevice | null> {
  const { start, tell, wait } = tools;
  tell({ kind: "starting" });
  for (;;) {
    const request = await start().catch(() => null);
    if (!request) {
      tell({ kind: "unreachable" });
      await wait(AGAIN_MS);
      continue;
    }
    const settled = await settledOf(request, tools);
    if (settled?.kind === "paired") return settled;
    if (settled) {
      tell({ kind: "denied" });
      return null;
    }
  }
}

/** @returns null when the code ran out. */
async function settledOf(
  request: StartedPairing,
  { poll, wait, now, tell }: AskTools,
): Promise<PairedDevice | { kind: "denied" } | null> {
  let { intervalSeconds } = request;
  tell({ kind: "waiting", request, isReached: true });
  const endsAt = Date.parse(request.expiresAt);
  for (;;) {
    await wait(intervalSeconds * 1_000);
    const answer = await poll(request.deviceCode).catch(() => null);
    tell({ kind: "waiting", request, isReached: answer !== null });
    if (!answer) {
      if (now() >= endsAt) return null;
      continue;
    }
    if (answer.kind === "paired") return answer;
    if (!("intervalSeconds" in answer)) return answer.kind === "denied" ? { kind: "denied" } : null;
    intervalSeconds = answer.intervalSeconds;
  }
}
