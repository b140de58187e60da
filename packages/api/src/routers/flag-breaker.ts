import { FlagBecause, FlagKey } from "@tessera/contracts";
import { Breaker, BreakerLimits, FlagRefusalReason, Incident } from "@tessera/contracts/flags";
import { actOnBreaker, surveyBreakers } from "@tessera/domain/flags/breaker-turn";
import { z } from "zod";
import { operatorProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

const Done = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done") }),
  z.object({ kind: z.literal("refused"), reason: FlagRefusalReason }),
]);

/** What switches a flag off by itself, and how it comes back. */
export const breaker = router({
  list: operatorProcedure.output(z.array(Breaker)).query(({ ctx }) => surveyBreakers(ctx.platform)),

  /** `retry`: on again for 1 % of those it was on for, then by itself for 10 % and all. `close`: on again for all. */
  act: operatorProcedure
    .input(z.strictObject({ key: FlagKey, act: z.enum(["retry", "close"]), because: FlagBecause }))
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      const reason = await actOnBreaker(ctx.platform, input, ctx.caller.memberId);
      await ctx.platform.flags.refresh();
      return reason ? { kind: "refused" as const, reason } : { kind: "done" as const };
    }),

  setLimits: operatorProcedure
    .input(z.strictObject({ key: FlagKey, limits: BreakerLimits, because: FlagBecause }))
    .output(Done)
    .mutation(async ({ ctx, input: { key, limits, because } }) => {
      const isSet = await ctx.platform.breakers.setLimits(key, limits, { id: ctx.caller.memberId, because });
      return isSet ? { kind: "done" as const } : { kind: "refused" as const, reason: "unknown_flag" as const };
    }),

  /** What went wrong, newest first. */
  incidents: operatorProcedure
    .input(z.strictObject({ key: FlagKey.optional() }))
    .output(z.array(Incident))
    .query(({ ctx, input }) => ctx.platform.breakers.incidents(input.key)),
});
