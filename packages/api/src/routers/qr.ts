import {
  InvalidateCode,
  InvalidateOutcome,
  IssueCode,
  IssueOutcome,
  RedemptionOutcome,
  Scan,
} from "@tessera/contracts";
import { issueCode } from "@tessera/domain/redemption/issue-code";
import { redeemCode } from "@tessera/domain/redemption/redeem-code";
import { codesAreOn, deskProcedure, isStaff, memberProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

export const qr = router({
  /** A member asks for a code to show at the desk. */
  issue: memberProcedure
    .input(IssueCode)
    .output(IssueOutcome)
    .mutation(({ ctx, input }) => {
      const { keys, legibility, random } = ctx.platform;
      const tools = { keys, legibility, random, codes: ctx.tenant.codes, isOn: () => codesAreOn(ctx) };
      return issueCode(tools, input, ctx.caller.memberId);
    }),

  /** A desk redeems what it scanned. Safe to send again with the same scan id. */
  redeem: deskProcedure
    .input(Scan)
    .output(RedemptionOutcome)
    .mutation(({ ctx, input }) => {
      const { keys, guard } = ctx.platform;
      return redeemCode({ keys, guard, ledger: ctx.tenant.ledger, isOn: () => codesAreOn(ctx) }, input, ctx.by);
    }),

  /** Cancels a code: one's own, or as staff any. */
  invalidate: memberProcedure
    .input(InvalidateCode)
    .output(InvalidateOutcome)
    .mutation(({ ctx, input }) => {
      const { memberId, role } = ctx.caller;
      return ctx.tenant.codes.invalidate(input.codeId, memberId, isStaff(role) ? null : memberId);
    }),
});
