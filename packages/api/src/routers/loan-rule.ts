import { PreviewedLoan, PreviewLoan, SaveLoanRules, SaveLoanRulesOutcome, ShownLoanRules } from "@tessera/contracts";
import { previewedLoan } from "@tessera/domain/lending/loan-rules";
import { adminProcedure, staffProcedure } from "../gate.ts";
import { once } from "../once.ts";
import { router } from "../trpc.ts";

export const loanRule = router({
  /** What the tenant lends by. */
  get: staffProcedure.output(ShownLoanRules).query(({ ctx }) => ctx.tenant.loanRules.read()),

  /** What somebody of a tier would get for a thing now; by a draft, before it is saved. Null: there is no such thing. */
  preview: staffProcedure
    .input(PreviewLoan)
    .output(PreviewedLoan.nullable())
    .query(async ({ ctx, input }) => {
      const facts = await ctx.tenant.loanRules.factsForTier(input.resourceId, input.tier);
      return facts && previewedLoan({ ...facts, ...input.rules }, ctx.platform.now());
    }),

  /** A new version. Codes that exist keep the terms they were made with; renewals go by the new one. */
  save: adminProcedure
    .input(SaveLoanRules)
    .use(once)
    .output(SaveLoanRulesOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.loanRules.save(input, ctx.caller.memberId)),
});
