import { FlagDecision, FlagKey, KilledFlag, KillFlag } from "@tessera/contracts";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { operatorProcedure, tenantProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

const unknownFlag = (key: FlagKey) => new TRPCError({ code: "NOT_FOUND", message: `There is no flag ${key}.` });

export const flag = router({
  /** The flag as it is for the caller's tenant, and why. */
  evaluate: tenantProcedure
    .input(z.strictObject({ key: FlagKey }))
    .output(FlagDecision)
    .query(({ ctx, input }) => ctx.platform.flags.decide(input.key, ctx.scope)),

  /** Off for everybody, at once. */
  kill: operatorProcedure
    .input(KillFlag)
    .output(KilledFlag)
    .mutation(async ({ ctx, input }) => {
      const killed = await ctx.platform.flags.kill(input.key, input.because, ctx.caller.memberId);
      if (!killed) throw unknownFlag(input.key);
      return killed;
    }),

  /** Lifts the kill switch: the flag is again what it was set to. */
  restore: operatorProcedure
    .input(KillFlag)
    .output(FlagDecision)
    .mutation(async ({ ctx, input }) => {
      const restored = await ctx.platform.flags.restore(input.key, input.because, ctx.caller.memberId);
      if (!restored) throw unknownFlag(input.key);
      return ctx.platform.flags.decide(input.key, ctx.scope);
    }),
});
