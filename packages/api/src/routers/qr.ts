import {
  HandIn,
  HandInOutcome,
  InvalidateAll,
  InvalidateCode,
  InvalidatedAll,
  InvalidateOutcome,
  IssueCode,
  IssueCodeFor,
  IssueOutcome,
  Manifest,
  Preview,
  RedemptionOutcome,
  Scan,
  ScanFate,
  ScanId,
  TakeLeases,
  UndoOutcome,
  UndoScan,
} from "@tessera/contracts";
import { handIn } from "@tessera/domain/redemption/hand-in";
import { issueCode, issueCodeFor } from "@tessera/domain/redemption/issue-code";
import { previewCode } from "@tessera/domain/redemption/preview-code";
import { redeemCode } from "@tessera/domain/redemption/redeem-code";
import { takeLeases } from "@tessera/domain/redemption/take-leases";
import { z } from "zod";
import { flagAtDesk } from "../flag-for.ts";
import { adminProcedure, deskProcedure, deviceProcedure, isStaff, memberProcedure, orKeyProcedure } from "../gate.ts";
import { perCode } from "../limit.ts";
import { once } from "../once.ts";
import { noteRefusal, suspectOf } from "../suspects.ts";
import { router } from "../trpc.ts";
import { counted } from "./counted.ts";
import { codeToolsOf, issueToolsOf } from "./tools.ts";

const CHECK_OUT = "qr-checkout-enabled";
/** Calls that go through this flag: its breaker counts them. */
const behind = { flag: CHECK_OUT } as const;
const behindAtDesk = { ...behind, atDesk: true } as const;
const issues = { ...behind, limit: "issue" } as const;
const scans = { ...behindAtDesk, limit: "scan", desk: "redeem" } as const;

export const qr = router({
  /** A member asks for a code to show at the desk. */
  issue: memberProcedure
    .meta(issues)
    .input(IssueCode)
    .output(IssueOutcome)
    .mutation(({ ctx, input }) => issueCode(issueToolsOf(ctx), input, ctx.caller.memberId)),

  /** Staff make a code for a member: for later, for several uses, for one desk. */
  issueFor: orKeyProcedure("staff", "codes:issue")
    .meta(issues)
    .input(IssueCodeFor)
    .output(IssueOutcome)
    .mutation(({ ctx, input }) => issueCodeFor(issueToolsOf(ctx), input, ctx.by)),

  /** What a scan would do. Uses nothing. */
  preview: deskProcedure
    .meta(scans)
    .input(z.strictObject({ text: z.string().min(1).max(512) }))
    .use(perCode)
    .output(Preview)
    .query(async ({ ctx, input }) => {
      const tools = { ...codeToolsOf(ctx), codes: ctx.tenant.codes };
      const preview = await previewCode(tools, input.text, ctx.by.deviceId);
      if (preview.kind === "refused") noteRefusal(ctx, input.text, preview.refusal);
      return preview;
    }),

  /** A desk redeems what it scanned. Safe to send again with the same scan id. */
  redeem: deskProcedure
    .meta(scans)
    .input(Scan)
    .use(perCode)
    .output(RedemptionOutcome)
    .mutation(async ({ ctx, input }) => {
      const { guard, scanned } = ctx.platform;
      const { ledger } = ctx.tenant;
      const isOn = () => flagAtDesk(ctx.platform.flags, ctx.caller, CHECK_OUT).value;
      const tools = Object.assign(codeToolsOf(ctx), { tenantId: ctx.scope, guard, ledger, isOn }); // see `calls.ts`
      const outcome = await counted(scanned, () => redeemCode(tools, input, ctx.by));
      if (outcome.kind === "refused" && !outcome.replayed) noteRefusal(ctx, input.text, outcome.refusal);
      return outcome;
    }),

  /** What became of a scan whose answer was lost. */
  outcomeOf: deskProcedure
    .input(z.strictObject({ scanId: ScanId }))
    .output(ScanFate)
    .query(({ ctx, input }) => ctx.tenant.records.fateOf(input.scanId, ctx.by)),

  /** Takes a redemption back, or makes sure that a scan nobody answered never becomes one. */
  undo: deskProcedure
    .meta({ ...behindAtDesk, desk: "undo" })
    .input(UndoScan)
    .output(UndoOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.records.undo({ ...input, by: ctx.by })),

  /** Cancels a code: one's own, or as staff any. */
  invalidate: memberProcedure
    .input(InvalidateCode)
    .output(InvalidateOutcome)
    .mutation(({ ctx, input }) => {
      const { memberId, role } = ctx.caller;
      return ctx.tenant.codes.invalidate(input.codeId, memberId, isStaff(role) ? null : memberId);
    }),

  /** The emergency: cancels every code of the tenant that could still be used. */
  invalidateAll: adminProcedure
    .input(InvalidateAll)
    .use(once)
    .output(InvalidatedAll)
    .mutation(({ ctx, input }) => ctx.tenant.codes.invalidateAll(ctx.caller.memberId, input.because)),

  /** A desk takes codes to hold ready for times without a network. */
  lease: deviceProcedure
    .meta({ ...behind, desk: "offline" })
    .input(TakeLeases)
    .output(Manifest)
    .mutation(({ ctx, input }) => {
      const { random, now } = ctx.platform;
      const { leases, keyBook } = ctx.tenant;
      return takeLeases({ leases, keyBook, random, now }, ctx.caller.deviceId, input);
    }),

  /** A desk gives them back. */
  releaseLeases: deviceProcedure
    .output(z.object({ count: z.int() }))
    .mutation(async ({ ctx }) => ({ count: await ctx.tenant.leases.release(ctx.caller.deviceId) })),

  /** A desk hands in what it has accepted alone, and hears a verdict for each. A locked one too: it happened before. */
  handIn: deviceProcedure
    .meta(behind)
    .input(HandIn)
    .output(HandInOutcome)
    .mutation(async ({ ctx, input }) => {
      const outcome = await handIn(ctx.tenant.handIns, ctx.caller.deviceId, input.scans);
      const clone = { kind: "desk_cloned", what: "quarantined", same: outcome.kind } as const; // however often it asks
      if (outcome.kind === "quarantined")
        ctx.platform.security.note({ ...suspectOf(ctx.caller, ctx.address), ...clone });
      return outcome;
    }),
});
