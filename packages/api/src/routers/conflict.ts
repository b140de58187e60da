import { Conflict, SettleConflict } from "@tessera/contracts";
import { z } from "zod";
import { staffProcedure } from "../gate.ts";
import { once } from "../once.ts";
import { router } from "../trpc.ts";

export const conflict = router({
  /** What went out offline on codes that could not be used any more: open ones first. */
  list: staffProcedure.output(z.array(Conflict)).query(async ({ ctx }) => [...(await ctx.tenant.conflicts.list())]),

  /** Says how one ended. `settled: false`: somebody had said so before. */
  settle: staffProcedure
    .input(SettleConflict)
    .use(once)
    .output(z.object({ settled: z.boolean() }))
    .mutation(async ({ ctx, input }) => ({
      settled: await ctx.tenant.conflicts.settle(input.id, input.resolution, ctx.caller.memberId),
    })),
});
