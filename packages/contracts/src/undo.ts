import { z } from "zod";
import { Instant, RedemptionId, ScanId } from "./ids.ts";
import { Because, type RedemptionOutcome, RedemptionOutcome as RedemptionOutcomeShape } from "./qr.ts";

/** A device that lost an answer asks what became of its scan. `undecided`: nothing was, so far. */
export type ScanFate = RedemptionOutcome | { kind: "undecided"; scanId: ScanId };
export const ScanFate: z.ZodType<ScanFate> = z.union([
  RedemptionOutcomeShape,
  z.object({ kind: z.literal("undecided"), scanId: ScanId }),
]);

/** Takes a redemption back; or a scan that nobody has answered yet, so that it never will be a yes. */
export interface UndoScan {
  scanId: ScanId;
  /** Why, for the audit: 3 to 200 characters. */
  because: string;
}
export const UndoScan: z.ZodType<UndoScan, { scanId: string; because: string }> = z.strictObject({
  scanId: ScanId,
  because: Because,
});

/** Why something cannot be taken back. */
export const undoRefusals = {
  not_redeemed: { say: "This scan was refused: there is nothing to take back.", next: "Scan the code again." },
  not_yours: { say: "Another desk did this.", next: "Take it back there, or ask the staff." },
  too_late: { say: "This is too long ago to be taken back.", next: "Check the thing in or out again." },
  moved_on: { say: "The thing has changed hands since.", next: "Check it in or out again." },
} as const;
export type UndoRefusal = keyof typeof undoRefusals;

/** `withdrawn`: nothing had been decided, and from now on this scan is refused. */
export type UndoOutcome =
  | { kind: "undone"; scanId: ScanId; redemptionId: RedemptionId; at: Instant }
  | { kind: "withdrawn"; scanId: ScanId; at: Instant }
  | { kind: "refused"; scanId: ScanId; because: UndoRefusal };
export const UndoOutcome: z.ZodType<UndoOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("undone"), scanId: ScanId, redemptionId: RedemptionId, at: Instant }),
  z.object({ kind: z.literal("withdrawn"), scanId: ScanId, at: Instant }),
  z.object({
    kind: z.literal("refused"),
    scanId: ScanId,
    because: z.enum(Object.keys(undoRefusals) as [UndoRefusal]),
  }),
]);
