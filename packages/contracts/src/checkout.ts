import { z } from "zod";
import { CheckoutId, Instant, MemberId, ResourceId } from "./ids.ts";
import type { Named } from "./qr.ts";
import { type ResourceKind, resourceKinds } from "./resource-kinds.ts";

/** One thing in one person's hands, from going out to coming back. */
export interface Checkout {
  id: CheckoutId;
  resource: Named<ResourceId> & { kind: ResourceKind };
  outAt: Instant;
  dueAt: Instant;
  /** null while it is out. */
  returnedAt: Instant | null;
}
export const Checkout: z.ZodType<Checkout> = z.object({
  id: CheckoutId,
  resource: z.object({ id: ResourceId, name: z.string(), kind: z.enum(resourceKinds) }),
  outAt: Instant,
  dueAt: Instant,
  returnedAt: Instant.nullable(),
});

/** What is out, as those see it who run the shelf. */
export interface OpenLoan {
  id: CheckoutId;
  resource: Named<ResourceId>;
  holder: Named<MemberId>;
  outAt: Instant;
  dueAt: Instant;
}
export const OpenLoan: z.ZodType<OpenLoan> = z.object({
  id: CheckoutId,
  resource: z.object({ id: ResourceId, name: z.string() }),
  holder: z.object({ id: MemberId, name: z.string() }),
  outAt: Instant,
  dueAt: Instant,
});
