import { PeopleOutcome, ShownTenantSettings, TenantSettings } from "@tessera/contracts";
import { z } from "zod";
import { adminProcedure, tenantProcedure } from "../gate.ts";
import { once } from "../once.ts";
import { router } from "../trpc.ts";

export const tenant = router({
  /** What the caller's tenant has chosen for itself. */
  settings: tenantProcedure.output(ShownTenantSettings).query(async ({ ctx }) => {
    const { codeKind, offlinePolicy } = await ctx.tenant.settings.read();
    const staffNeedSecondFactor = await ctx.tenant.settings.staffNeedSecondFactor();
    return { codeKind, offlinePolicy, staffNeedSecondFactor, selfService: await ctx.tenant.settings.selfService() };
  }),

  /** While needed, staff without a second factor have only the rights of a member. Who asks for it must have one. */
  needSecondFactor: adminProcedure
    .input(z.strictObject({ isNeeded: z.boolean() }))
    .output(PeopleOutcome)
    .mutation(async ({ ctx, input }) => {
      const person = await ctx.person();
      if (input.isNeeded && !person?.hasSecondFactor) return { kind: "refused", because: "needs_second_factor" };
      await ctx.tenant.settings.needSecondFactor(input.isNeeded, ctx.caller.memberId);
      return { kind: "done" };
    }),

  /** Whether members take things and bring them back by their labels, without a desk. */
  allowSelfService: adminProcedure
    .input(z.strictObject({ isAllowed: z.boolean() }))
    .use(once)
    .output(z.object({ isAllowed: z.boolean() }))
    .mutation(async ({ ctx, input }) => {
      await ctx.tenant.settings.allowSelfService(input.isAllowed, ctx.caller.memberId);
      return input;
    }),

  /** Codes that exist keep their kind; new ones are made as chosen. */
  saveSettings: adminProcedure
    .input(TenantSettings)
    .use(once)
    .output(TenantSettings)
    .mutation(async ({ ctx, input }) => {
      await ctx.tenant.settings.save(input, ctx.caller.memberId);
      return input;
    }),
});
