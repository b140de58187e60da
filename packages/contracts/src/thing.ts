import { z } from "zod";
import { Instant, ResourceId } from "./ids.ts";
import { Because } from "./qr.ts";
import { Resource } from "./resource.ts";
import { type ResourceKind, resourceKinds } from "./resource-kinds.ts";
import { StorableText } from "./text.ts";

/** The longest of each text that a thing has, in letters, and the longest loan, in minutes. */
export const thingLimits = { name: 80, place: 60, description: 500, loanMinutes: 525_600 } as const;

/** What is said of a thing by whoever runs the shelf. */
export interface ThingWords {
  name: string;
  kind: ResourceKind;
  description: string;
  place: string;
  loanMinutes: number;
}
const thingWords = {
  name: StorableText.trim().min(1).max(thingLimits.name),
  kind: z.enum(resourceKinds),
  description: StorableText.trim().max(thingLimits.description),
  place: StorableText.trim().max(thingLimits.place),
  loanMinutes: z.int().min(1).max(thingLimits.loanMinutes),
};
export const ThingWords: z.ZodType<ThingWords> = z.strictObject(thingWords);

/** Other words for a thing: all of them, so that nobody overwrites what they have not seen. */
export interface ChangeThing extends ThingWords {
  resourceId: ResourceId;
}
export const ChangeThing: z.ZodType<ChangeThing, Omit<ChangeThing, "resourceId"> & { resourceId: string }> =
  z.strictObject({ resourceId: ResourceId, ...thingWords });

/** Takes a thing out of use. */
export interface RetireThing {
  resourceId: ResourceId;
  /** For the journal: 3 to 200 characters. */
  because: string;
}
export const RetireThing: z.ZodType<RetireThing, { resourceId: string; because: string }> = z.strictObject({
  resourceId: ResourceId,
  because: Because,
});

/** A thing as those see it who run the shelf: retired ones too. */
export interface Thing extends Resource {
  /** null while it is in use. */
  retiredAt: Instant | null;
}
export const Thing: z.ZodType<Thing> = z.intersection(Resource, z.object({ retiredAt: Instant.nullable() }));

/** What came of a change. `still_out` says with whom it is, and until when. */
export type ThingOutcome =
  | { kind: "done"; resourceId: ResourceId }
  | { kind: "refused"; because: "not_found" | "not_retired" }
  | { kind: "refused"; because: "still_out"; holder: string; dueAt: Instant };
export const ThingOutcome: z.ZodType<ThingOutcome> = z.union([
  z.object({ kind: z.literal("done"), resourceId: ResourceId }),
  z.object({ kind: z.literal("refused"), because: z.enum(["not_found", "not_retired"]) }),
  z.object({ kind: z.literal("refused"), because: z.literal("still_out"), holder: z.string(), dueAt: Instant }),
]);

/** How a thing stands; without one of these a list shows all that are in use. */
export const thingStates = ["free", "out", "retired"] as const;
export type ThingState = (typeof thingStates)[number];

/** Which things of a tenant, a page at a time, by name. */
export interface ThingQuery {
  /** Words that all stand in the name, the place or the description. */
  text?: string | undefined;
  kind?: ResourceKind | undefined;
  place?: string | undefined;
  state?: ThingState | undefined;
  /** Of the page before; left out: from the first. */
  after?: string | undefined;
  /** 1 to 100; 50 when left out. */
  limit?: number | undefined;
}
export const ThingQuery: z.ZodType<ThingQuery> = z.strictObject({
  text: StorableText.trim().max(100).optional(),
  kind: z.enum(resourceKinds).optional(),
  place: StorableText.max(thingLimits.place).optional(),
  state: z.enum(thingStates).optional(),
  after: z.string().max(1_000).optional(),
  limit: z.int().min(1).max(100).optional(),
});

export interface ThingPage {
  things: Thing[];
  /** Of all that were asked for. */
  count: number;
  /** Ask with this as `after` for the next page; null when this was the last. */
  next: string | null;
}
export const ThingPage: z.ZodType<ThingPage> = z.object({
  things: z.array(Thing),
  count: z.int().nonnegative(),
  next: z.string().nullable(),
});
