import type { Redeemed, Refused, Scan, ScanId } from "@tessera/contracts";
import type { Memory } from "./common/memory.ts";

/** A browser's storage that forgets when the test ends. */
export function freshMemory(kept: Record<string, string> = {}): Memory & { kept: Map<string, string> } {
  const held = new Map(Object.entries(kept));
  return {
    kept: held,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  };
}

const id = (number: number) => `01990000-0000-7000-8000-${String(number).padStart(12, "0")}`;

export const scan = (number: number, text = `T12${number}`): Scan => ({
  scanId: id(number) as ScanId,
  text,
  source: "camera",
});

export const redeemed = (number: number, more: Partial<Redeemed> = {}): Redeemed =>
  ({
    kind: "redeemed",
    scanId: id(number),
    replayed: false,
    redemptionId: id(1000 + number),
    codeId: id(2000 + number),
    checkoutId: id(3000 + number),
    purpose: "check_out",
    at: "2026-11-21T14:00:00.000Z",
    holder: { id: id(1), name: "Ada" },
    resource: { id: id(2), name: "Drill" },
    dueAt: "2026-11-24T14:00:00.000Z",
    ...more,
  }) as Redeemed;

export const refused = (number: number, refusal: Refused["refusal"] = { reason: "not_found" }): Refused => ({
  kind: "refused",
  scanId: id(number) as ScanId,
  replayed: false,
  refusal,
});
