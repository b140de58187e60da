import { z } from "zod";
import type { GuestRefusalReason } from "./guest-refusals.ts";
import { GuestId, Instant, PlaceId, VisitId } from "./ids.ts";
import { RefusedGuest, Sign } from "./place.ts";

/** A guest's phone has read the code of a place. */
export interface OpenPlace {
  /** As it stands in the address or as somebody typed it: spaces, dashes, small letters and look-alikes do not matter. */
  label: string;
  /** Of the browser, like "de-AT". */
  language: string;
}
export const OpenPlace: z.ZodType<OpenPlace> = z.strictObject({
  label: z.string().max(60),
  language: z.string().regex(/^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8}){0,3}$/),
});

/** What a guest sees of where they are. */
export interface GuestPlace {
  guestId: GuestId;
  tenant: string;
  place: { id: PlaceId; name: string };
  /** The pictures of the label on the wall; none when it was taken away. */
  signs: Sign[];
  visit: { id: VisitId; openedAt: Instant };
  language: string;
}
const GuestPlace: z.ZodType<GuestPlace> = z.object({
  guestId: GuestId,
  tenant: z.string(),
  place: z.object({ id: PlaceId, name: z.string() }),
  signs: z.array(Sign),
  visit: z.object({ id: VisitId, openedAt: Instant }),
  language: z.string(),
});

/** It is closed: for the page of that place alone, so its name may be told. */
export interface PlaceClosed {
  kind: "closed";
  because: "place_closed";
  tenant: string;
  place: string;
  /** Null: nobody knows. */
  opensAt: Instant | null;
}

/** Let in: the token is told this once, and kept by the page alone; what is kept here is its hash. Or why not. */
export type OpenedPlace = { kind: "opened"; token: string; guest: GuestPlace } | PlaceClosed | RefusedGuest;
export const OpenedPlace: z.ZodType<OpenedPlace> = z.union([
  z.object({ kind: z.literal("opened"), token: z.string(), guest: GuestPlace }),
  z.object({
    kind: z.literal("closed"),
    because: z.literal("place_closed"),
    tenant: z.string(),
    place: z.string(),
    opensAt: Instant.nullable(),
  }),
  RefusedGuest,
]);

/** A page that was loaded again asks for itself, also when it is a stranger everywhere else: its token is what it knows. */
export interface ResumeGuest {
  token: string;
}
export const ResumeGuest: z.ZodType<ResumeGuest> = z.strictObject({ token: z.string().regex(/^tsg_\w{20,80}$/) });

/** Still here; or over, and why. */
export type ResumedGuest =
  | { kind: "here"; guest: GuestPlace }
  | { kind: "over"; because: Extract<GuestRefusalReason, "visit_ended" | "left" | "unknown_label"> };
export const ResumedGuest: z.ZodType<ResumedGuest> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("here"), guest: GuestPlace }),
  z.object({ kind: z.literal("over"), because: z.enum(["visit_ended", "left", "unknown_label"]) }),
]);
