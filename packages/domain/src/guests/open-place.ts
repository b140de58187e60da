import type { OpenedPlace, OpenPlace, TenantId } from "@tessera/contracts";
import { readLabelKey } from "../qr/label-key.ts";
import { newToken } from "../tokens.ts";
import { openState } from "./opening-hours.ts";
import type { GuestGate, KnownLabel, Visits } from "./places.ts";
import { shownSigns } from "./signs.ts";

/** What a place is opened with. */
export interface OpenPlaceTools {
  guests: Pick<GuestGate, "label">;
  /** The visits of a tenant whose label was read. */
  visitsOf(label: KnownLabel): Pick<Visits, "enter">;
  /** Whether a tenant offers its guests requests at all. */
  isOffered(tenant: TenantId): boolean;
  random(length: number): Uint8Array;
  hashOf(text: string): Uint8Array;
  now(): Date;
}

const refused = (because: Extract<OpenedPlace, { kind: "refused" }>["because"]): OpenedPlace => ({
  kind: "refused",
  because,
});

/**
 * A phone has read a label. What is told to who guesses keys is that they guessed wrong.
 *
 * @param tools What it is decided with.
 * @param input The label's key, and the browser's language.
 * @returns A session in the visit that goes on there, with its token; or why not.
 */
export async function openPlace(
  { guests, visitsOf, isOffered, random, hashOf, now }: OpenPlaceTools,
  { label, language }: OpenPlace,
): Promise<OpenedPlace> {
  const key = readLabelKey(label);
  if (!key) return refused("misread_label");
  const known = await guests.label(key);
  if (!known) return refused("unknown_label");
  const { tenant, place, hours, signs } = known;
  if (known.isRetired) return refused("retired_label");
  if (!isOffered(tenant.id)) return refused("not_offered");
  const state = openState(hours, now(), tenant.timeZone);
  if (!state.isOpen) {
    const opensAt = state.opensAt?.toISOString() ?? null;
    return { kind: "closed", because: "place_closed", tenant: tenant.name, place: place.name, opensAt };
  }

  const token = newToken("tsg", random);
  const entered = await visitsOf(known).enter(place.id, { tokenHash: hashOf(token), language });
  if ("kind" in entered) return entered;
  return {
    kind: "opened",
    token,
    guest: { ...entered, tenant: tenant.name, place, signs: shownSigns(signs), language },
  };
}
