import { Checkout, OpenLoan, RenewLoan, RenewOutcome } from "@tessera/contracts";
import { z } from "zod";
import { isStaff, memberProcedure, orKeyProcedure } from "../gate.ts";
import { once } from "../once.ts";
import { router } from "../trpc.ts";

export const checkout = router({
  /** What I have, due soonest first; then what I brought back last. */
  mine: memberProcedure
    .output(z.array(Checkout))
    .query(({ ctx }) => ctx.tenant.checkouts.of(ctx.caller.memberId, ctx.platform.now())),

  /** What is out, and with whom, due soonest first; 500 at most. */
  open: orKeyProcedure("staff", "checkouts:read")
    .output(z.array(OpenLoan))
    .query(({ ctx }) => ctx.tenant.checkouts.open()),

  /** More time for a loan: one's own, or as staff anybody's. */
  renew: memberProcedure
    .input(RenewLoan)
    .use(once)
    .output(RenewOutcome)
    .mutation(({ ctx, input }) => {
      const { memberId, role } = ctx.caller;
      const by = { memberId, isStaff: isStaff(role) };
      return ctx.tenant.checkouts.renew(input.checkoutId, by, ctx.platform.now());
    }),
});
