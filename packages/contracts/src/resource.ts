import { z } from "zod";
import { Instant, ResourceId } from "./ids.ts";
import { type ResourceKind, resourceKinds } from "./resource-kinds.ts";

/**
 * Whether a resource can be taken. `version` rises with every change of this resource, so a reader keeps the higher
 * one and arrivals out of order do no harm. Who has it is nobody's business here.
 */
export interface Availability {
  resourceId: ResourceId;
  /** `held`: it is there, and kept for somebody who waited for it or has reserved it. */
  state: "free" | "out" | "held";
  /** When it should be back, or is not kept any more; null while it is free. */
  dueAt: Instant | null;
  version: number;
}
export const Availability: z.ZodType<Availability> = z.object({
  resourceId: ResourceId,
  state: z.enum(["free", "out", "held"]),
  dueAt: Instant.nullable(),
  version: z.int().nonnegative(),
});

/** A thing a community lends. */
export interface Resource {
  id: ResourceId;
  name: string;
  description: string;
  kind: ResourceKind;
  /** Where it stands, as people say it: "Shelf 3". */
  place: string;
  /** How long it may be out, minutes. */
  loanMinutes: number;
  availability: Availability;
}
export const Resource: z.ZodType<Resource> = z.object({
  id: ResourceId,
  name: z.string(),
  description: z.string(),
  kind: z.enum(resourceKinds),
  place: z.string(),
  loanMinutes: z.int().positive(),
  availability: Availability,
});
