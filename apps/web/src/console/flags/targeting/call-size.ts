import type { FlagKey } from "@tessera/contracts";
import type { FlagSettings } from "@tessera/contracts/flags";
import { counted } from "../counted.ts";
import { words } from "./words.ts";

/** What the server takes of one call, with room for what is around the settings. */
const MOST_BYTES = 64 * 1024 - 2_000;
/** A preview is asked for by an address, and the headers that it is part of are 16 KiB at most. */
const MOST_IN_ADDRESS = 12_000;

/** @returns Why these settings cannot be sent from a page, and what to do instead; null when they can. */
export function callProblem(key: FlagKey, set: Partial<FlagSettings>): string | null {
  const bytes = new TextEncoder().encode(JSON.stringify(set)).length;
  return bytes <= MOST_BYTES ? null : words.tooMany(counted(idsOf(set), "id", "ids"), encodeURIComponent(key));
}

/** Whether a preview of these settings can be asked for. */
export const fitsPreview = (set: Partial<FlagSettings>): boolean =>
  encodeURIComponent(JSON.stringify(set)).length <= MOST_IN_ADDRESS;

function idsOf({ config = {}, denied = {}, targetTenants }: Partial<FlagSettings>): number {
  const lists = [config.users, config.resources, config.devices, denied.users, denied.resources, denied.devices];
  return [...lists, denied.tenants, targetTenants].reduce((sum, list) => sum + (list?.length ?? 0), 0);
}
