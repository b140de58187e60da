import {
  ClaimLabel,
  LabelBatch,
  LabelId,
  LabelOutcome,
  LabelPage,
  LabelQuery,
  LabelStep,
  MakeLabels,
  RelinkLabel,
  Resolved,
  ResolveLabel,
} from "@tessera/contracts";
import { LABEL_RANDOM_BYTES, labelKey, labelKeyIn } from "@tessera/domain/qr/label-key";
import { z } from "zod";
import { admits, kindOf } from "../access.ts";
import { staffProcedure, tenantProcedure } from "../gate.ts";
import { once } from "../once.ts";
import { idOf } from "../platform.ts";
import { router } from "../trpc.ts";

const NamedLabel = z.strictObject({ labelId: LabelId });

/** Labels of things: printed first, bound by a scan. */
export const label = router({
  /** Draws keys for the next batch; they lead nowhere until somebody binds them. */
  makeBatch: staffProcedure
    .input(MakeLabels)
    .use(once)
    .output(LabelBatch)
    .mutation(({ ctx, input }) => {
      const { random } = ctx.platform;
      const keys = Array.from({ length: input.count }, () => labelKey(random(LABEL_RANDOM_BYTES)));
      return ctx.tenant.labels.makeBatch(keys, ctx.caller.memberId);
    }),

  batches: staffProcedure.output(z.array(LabelBatch)).query(({ ctx }) => ctx.tenant.labels.batches()),

  list: staffProcedure
    .input(LabelQuery)
    .output(LabelPage)
    .query(({ ctx, input }) => ctx.tenant.labels.page(input)),

  /** What happened to a label, from the journal. */
  story: staffProcedure
    .input(NamedLabel)
    .output(z.array(LabelStep))
    .query(({ ctx, input }) => ctx.tenant.labels.story(input.labelId)),

  /** Binds a label that was never bound: the first scan, with the thing in the other hand. */
  claim: staffProcedure
    .input(ClaimLabel)
    .use(once)
    .output(LabelOutcome)
    .mutation(({ ctx, input: { text, resourceId, replaces = false } }) => {
      const key = labelKeyIn(text);
      if (!key) return { kind: "refused", because: "not_found" };
      return ctx.tenant.labels.claim({ key, resourceId, replaces }, ctx.caller.memberId);
    }),

  /** A label leads to another thing; where it led before stays in the journal. */
  relink: staffProcedure
    .input(RelinkLabel)
    .use(once)
    .output(LabelOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.labels.relink(input, ctx.caller.memberId)),

  retire: staffProcedure
    .input(NamedLabel)
    .use(once)
    .output(LabelOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.labels.retire(input.labelId, ctx.caller.memberId)),

  /** What a scanned text means here. A mutation, since a label that leads nowhere is counted, and no address holds the text. */
  resolve: tenantProcedure
    .input(ResolveLabel)
    .output(Resolved)
    .mutation(({ ctx, input }) => {
      const key = labelKeyIn(input.text);
      if (!key) return { kind: "unknown" };
      const who = { isStaff: admits("staff", kindOf(ctx.caller)), id: idOf(ctx.caller) };
      return ctx.tenant.labels.resolve(key, who);
    }),
});
