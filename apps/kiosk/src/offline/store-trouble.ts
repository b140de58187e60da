import { Failed } from "@tessera/domain/failed";
import { Dexie } from "dexie";
import { CannotDecide } from "./cannot-decide.ts";

/**
 * @param error Whatever came out of the store.
 * @returns What to throw: trouble of the browser's store as a failure with a name; anything else as it is, since a fault
 *   of ours must not pass for a full disk.
 */
export function storeTrouble(error: unknown): unknown {
  if (error instanceof Failed || !isOfTheStore(error)) return error;
  return new CannotDecide(isFull(error) ? "store_full" : "no_store", { cause: error });
}

/** Dexie wraps what the browser throws, sometimes twice. */
function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const inner = "inner" in error ? error.inner : undefined;
  return error.name === "QuotaExceededError" || isFull(inner) || isFull(error.cause);
}

const isOfTheStore = (error: unknown): boolean =>
  error instanceof Dexie.DexieError || (typeof DOMException === "function" && error instanceof DOMException);
