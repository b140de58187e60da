import { z } from "zod";
import { ResourceId, ScanId } from "./ids.ts";
import { type RedemptionOutcome, RedemptionOutcome as RedemptionOutcomeShape } from "./qr.ts";

/** A member takes a thing, or brings it back, by its own label: no desk, no staff. */
export interface SelfScan {
  /** Made and kept before the first send: the same one hears the same answer. */
  scanId: ScanId;
  resourceId: ResourceId;
}
export const SelfScan: z.ZodType<SelfScan, { scanId: string; resourceId: string }> = z.strictObject({
  scanId: ScanId,
  resourceId: ResourceId,
});

/** As at a desk; `not_allowed`: the tenant wants this done at a desk. */
export type SelfOutcome = RedemptionOutcome | { kind: "not_allowed" };
export const SelfOutcome: z.ZodType<SelfOutcome> = z.union([
  RedemptionOutcomeShape,
  z.object({ kind: z.literal("not_allowed") }),
]);
