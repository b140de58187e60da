import { z } from "zod";
import { Instant, LabelBatchId, LabelId, ResourceId } from "./ids.ts";
import type { Named } from "./qr.ts";
import { Resource } from "./resource.ts";

/** Why a label leads nowhere any more. */
export const labelEnds = ["retired", "replaced"] as const;
export type LabelEnd = (typeof labelEnds)[number];

/** Why a scanned label leads nowhere. */
export const deadReasons = ["unbound", ...labelEnds, "thing_retired"] as const;
export type DeadReason = (typeof deadReasons)[number];

/** How a label stands. */
export const labelStates = ["unbound", "bound", "ended"] as const;
export type LabelState = (typeof labelStates)[number];

/** The most labels of one batch. */
export const MOST_LABELS = 500;

/** What sticks on a thing, as staff see it. */
export interface ThingLabel {
  id: LabelId;
  /** 17 letters, the last of which checks the others. */
  key: string;
  /** As it is printed beside the code: "B7-012". */
  name: string;
  batchId: LabelBatchId;
  state: LabelState;
  /** What it leads to, or last led to; null: it never led anywhere. */
  resource: Named<ResourceId> | null;
  endedBecause: LabelEnd | null;
  /** How often somebody scanned it since it leads nowhere, and when last. */
  deadScans: number;
  deadScannedAt: Instant | null;
}
export const ThingLabel: z.ZodType<ThingLabel> = z.object({
  id: LabelId,
  key: z.string(),
  name: z.string(),
  batchId: LabelBatchId,
  state: z.enum(labelStates),
  resource: z.object({ id: ResourceId, name: z.string() }).nullable(),
  endedBecause: z.enum(labelEnds).nullable(),
  deadScans: z.int().nonnegative(),
  deadScannedAt: Instant.nullable(),
});

/** Labels that were drawn together, to be printed together. */
export interface LabelBatch {
  id: LabelBatchId;
  number: number;
  count: number;
  madeAt: Instant;
  madeBy: string;
}
export const LabelBatch: z.ZodType<LabelBatch> = z.object({
  id: LabelBatchId,
  number: z.int().positive(),
  count: z.int().positive(),
  madeAt: Instant,
  madeBy: z.string(),
});

export interface MakeLabels {
  count: number;
}
export const MakeLabels: z.ZodType<MakeLabels> = z.strictObject({ count: z.int().min(1).max(MOST_LABELS) });

/** Which labels, the newest first; `alarm`: those that somebody scanned although they lead nowhere. */
export interface LabelQuery {
  state?: LabelState | "alarm" | undefined;
  batchId?: LabelBatchId | undefined;
  resourceId?: ResourceId | undefined;
  /** Of the page before. */
  after?: number | undefined;
}
export interface AskedLabels {
  state?: LabelQuery["state"];
  batchId?: string | undefined;
  resourceId?: string | undefined;
  after?: number | undefined;
}
export const LabelQuery: z.ZodType<LabelQuery, AskedLabels> = z.strictObject({
  state: z.enum([...labelStates, "alarm"]).optional(),
  batchId: LabelBatchId.optional(),
  resourceId: ResourceId.optional(),
  after: z.int().positive().max(2_147_483_647).optional(),
});

export interface LabelPage {
  labels: ThingLabel[];
  /** How many labels raise an alarm, whatever was asked for. */
  alarms: number;
  next: number | null;
}
export const LabelPage: z.ZodType<LabelPage> = z.object({
  labels: z.array(ThingLabel),
  alarms: z.int().nonnegative(),
  next: z.int().nullable(),
});

const LabelText: z.ZodString = z.string().min(1).max(512);

/** Binds a label that was never bound. */
export interface ClaimLabel {
  /** What was scanned, or typed. */
  text: string;
  resourceId: ResourceId;
  /** Whether labels that lead there now end: the thing gets this one in their place. */
  replaces?: boolean | undefined;
}
export const ClaimLabel: z.ZodType<ClaimLabel, { text: string; resourceId: string; replaces?: boolean | undefined }> =
  z.strictObject({ text: LabelText, resourceId: ResourceId, replaces: z.boolean().optional() });

export interface RelinkLabel {
  labelId: LabelId;
  resourceId: ResourceId;
}
export const RelinkLabel: z.ZodType<RelinkLabel, { labelId: string; resourceId: string }> = z.strictObject({
  labelId: LabelId,
  resourceId: ResourceId,
});

/** Why something was not done to a label, with the words for who tried. */
export const labelRefusals = {
  not_found: { say: "We don't know this label.", next: "Scan it again, or type its letters." },
  no_thing: { say: "This thing is not in use.", next: "Load the list again." },
  already_bound: { say: "This label is on a thing already.", next: "Move it in the list of labels." },
  not_bound: { say: "This label is on no thing yet.", next: "Scan it to bind it." },
  ended: { say: "This label is out of use.", next: "Take another one." },
} as const;
export type LabelRefusal = keyof typeof labelRefusals;

export type LabelOutcome = { kind: "done"; label: ThingLabel } | { kind: "refused"; because: LabelRefusal };
export const LabelOutcome: z.ZodType<LabelOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done"), label: ThingLabel }),
  z.object({
    kind: z.literal("refused"),
    because: z.enum(Object.keys(labelRefusals) as [LabelRefusal, ...LabelRefusal[]]),
  }),
]);

export interface ResolveLabel {
  text: string;
}
export const ResolveLabel: z.ZodType<ResolveLabel> = z.strictObject({ text: LabelText });

/**
 * What a scanned text means to whoever scanned it. `unbound`: for staff, who can bind it now. `dead`: it leads nowhere.
 * `unknown`: it is no label of theirs; nobody learns whether it is another tenant's.
 */
export type Resolved =
  | { kind: "thing"; resource: Resource }
  | { kind: "unbound"; label: ThingLabel }
  | { kind: "dead"; because: DeadReason }
  | { kind: "unknown" };
export const Resolved: z.ZodType<Resolved> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("thing"), resource: Resource }),
  z.object({ kind: z.literal("unbound"), label: ThingLabel }),
  z.object({ kind: z.literal("dead"), because: z.enum(deadReasons) }),
  z.object({ kind: z.literal("unknown") }),
]);

/** One step of a label's story, as the journal has it. */
export interface LabelStep {
  at: Instant;
  type: "label.claimed" | "label.relinked" | "label.retired" | "label.dead_scan";
  /** Who did it; null: nobody that is told, or no longer known. */
  by: string | null;
  /** The thing that it was about; null: none. */
  resource: string | null;
}
export const LabelStep: z.ZodType<LabelStep> = z.object({
  at: Instant,
  type: z.enum(["label.claimed", "label.relinked", "label.retired", "label.dead_scan"]),
  by: z.string().nullable(),
  resource: z.string().nullable(),
});
