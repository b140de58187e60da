import { TenantSettings } from "@tessera/contracts";
import { adminProcedure, tenantProcedure } from "../gate.ts";
import { once } from "../once.ts";
import { router } from "../trpc.ts";

export const tenant = router({
  /** What the caller's tenant has chosen for itself. */
  settings: tenantProcedure.output(TenantSettings).query(async ({ ctx }) => {
    const { codeKind, offlinePolicy } = await ctx.tenant.settings.read();
    return { codeKind, offlinePolicy };
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
