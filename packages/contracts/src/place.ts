import { z } from "zod";
import { type GuestRefusalReason, guestRefusals } from "./guest-refusals.ts";
import { Instant, PlaceId, VisitId } from "./ids.ts";
import { OpeningHours } from "./opening-hours.ts";
import { StorableText } from "./text.ts";

/** A zone holds other places and has no code; each of the others has one. */
export const placeKinds = ["zone", "room", "table", "cabin", "spot"] as const;
export type PlaceKind = (typeof placeKinds)[number];
const PlaceKind = z.enum(placeKinds);

/** One of the two pictures of a label. A sticker that somebody put over it leads to a page without them. */
export interface Sign {
  /** "lemon": names the picture, and is read beside it. */
  word: string;
}
export const Sign: z.ZodType<Sign> = z.object({ word: z.string() });

/** What is printed and hung at a place. */
export interface Label {
  /** 17 letters: the last one checks the others. */
  key: string;
  /** Where its code leads: a path of this server. */
  path: string;
  signs: Sign[];
}
const Label: z.ZodType<Label> = z.object({ key: z.string(), path: z.string(), signs: z.array(Sign) });

/** A place as staff see it. */
export interface Place {
  id: PlaceId;
  /** The zone it is in; null: in none. */
  parentId: PlaceId | null;
  kind: PlaceKind;
  name: string;
  /** Its own; null: those of its zone, or always. */
  hours: OpeningHours | null;
  /** null for a zone. */
  label: Label | null;
  /** The visit that goes on there; null: none. */
  visit: { id: VisitId; openedAt: Instant; guests: number } | null;
}
export const Place: z.ZodType<Place> = z.object({
  id: PlaceId,
  parentId: PlaceId.nullable(),
  kind: PlaceKind,
  name: z.string(),
  hours: OpeningHours.nullable(),
  label: Label.nullable(),
  visit: z.object({ id: VisitId, openedAt: Instant, guests: z.int() }).nullable(),
});

const PlaceName = StorableText.trim().min(1).max(60);

export interface CreatePlace {
  parentId: PlaceId | null;
  kind: PlaceKind;
  /** 1 to 60 characters: "Room 12". */
  name: string;
  hours: OpeningHours | null;
}
export const CreatePlace: z.ZodType<CreatePlace, Omit<CreatePlace, "parentId"> & { parentId: string | null }> =
  z.strictObject({ parentId: PlaceId.nullable(), kind: PlaceKind, name: PlaceName, hours: OpeningHours.nullable() });

export interface NamePlace {
  placeId: PlaceId;
}
export const NamePlace: z.ZodType<NamePlace, { placeId: string }> = z.strictObject({ placeId: PlaceId });

export interface RenamePlace extends NamePlace {
  name: string;
}
export const RenamePlace: z.ZodType<RenamePlace, { placeId: string; name: string }> = z.strictObject({
  placeId: PlaceId,
  name: PlaceName,
});

export interface SetHours extends NamePlace {
  hours: OpeningHours | null;
}
export const SetHours: z.ZodType<SetHours, { placeId: string; hours: OpeningHours | null }> = z.strictObject({
  placeId: PlaceId,
  hours: OpeningHours.nullable(),
});

/** A "no", with its reason. Its words are in `guestRefusals`. */
export interface RefusedGuest {
  kind: "refused";
  because: GuestRefusalReason;
}
export const RefusedGuest: z.ZodType<RefusedGuest> = z.object({
  kind: z.literal("refused"),
  because: z.enum(Object.keys(guestRefusals) as [GuestRefusalReason]),
});

/** Done, and the place as it is now; or why not. */
export type PlaceOutcome = { kind: "done"; place: Place } | RefusedGuest;
export const PlaceOutcome: z.ZodType<PlaceOutcome> = z.union([
  z.object({ kind: z.literal("done"), place: Place }),
  RefusedGuest,
]);

/** Done, or why not. */
export type RetireOutcome = { kind: "done" } | RefusedGuest;
export const RetireOutcome: z.ZodType<RetireOutcome> = z.union([z.object({ kind: z.literal("done") }), RefusedGuest]);
