import { crowdGuard } from "./crowd-guard.ts";
import type { Guard } from "./guard.ts";

/** There is nobody else to keep out. */
const alone: Guard = { hold: (_key, work) => work() };

/**
 * The guard of a single process. It needs no lock: the ledger's queue sends what waits as one call, and the ledger
 * decides. What is left of a guard is the crowd, so that a code everybody scans is settled once and read by the rest.
 *
 * @param patienceMs How long a crowd waits for the one before it, milliseconds.
 */
export const inProcessGuard = (patienceMs?: number): Guard => crowdGuard(alone, patienceMs);
