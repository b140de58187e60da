import { type PairedDevice, PairOutcome } from "@tessera/contracts";
import { type Memory, recall, remember } from "../common/memory.ts";

const KEY = "tessera.kiosk";

/** @returns The desk this kiosk is, with its token; null when it was never paired, or what is kept makes no sense. */
export function heldDesk(memory: Memory): PairedDevice | null {
  const kept = PairOutcome.safeParse(recall(memory, KEY));
  return kept.success && kept.data.kind === "paired" ? kept.data : null;
}

export const holdDesk = (memory: Memory, desk: PairedDevice): void => remember(memory, KEY, desk);

export const letGoOfDesk = (memory: Memory): void => memory.removeItem(KEY);
