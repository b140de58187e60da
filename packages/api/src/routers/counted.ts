import type { RedemptionOutcome } from "@tessera/contracts";
import { Failed } from "@tessera/domain/failed";
import type { Platform } from "../platform.ts";

/** Tells the platform how a scan ended and how long it took; the answer goes on unchanged. */
export async function counted(
  scanned: Platform["scanned"],
  scan: () => Promise<RedemptionOutcome>,
): Promise<RedemptionOutcome> {
  const began = performance.now();
  try {
    const outcome = await scan();
    scanned(outcome, performance.now() - began);
    return outcome;
  } catch (error) {
    if (error instanceof Failed) scanned({ kind: "failed", failure: error.failure }, performance.now() - began);
    throw error;
  }
}
