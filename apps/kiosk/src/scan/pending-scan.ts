import { Scan } from "@tessera/contracts";
import { type Memory, recall, remember } from "../common/memory.ts";

const KEY = "tessera.kiosk.pending";

/**
 * The scan that has no answer yet. Kept before it is sent, so that a desk that dies in between asks again with the same
 * scan id and hears what became of it. Only the newest: whoever showed an older one has left.
 */
export interface PendingScan {
  keep(scan: Scan): void;
  held(): Scan | null;
  /** Answered: forgotten, unless a newer scan has taken its place. */
  settle(scanId: string): void;
  forget(): void;
}

export function pendingScan(memory: Memory): PendingScan {
  const held = () => {
    const kept = Scan.safeParse(recall(memory, KEY));
    return kept.success ? kept.data : null;
  };

  return {
    keep: (scan) => remember(memory, KEY, scan),
    held,
    settle(scanId) {
      if (held()?.scanId === scanId) memory.removeItem(KEY);
    },
    forget: () => memory.removeItem(KEY),
  };
}
