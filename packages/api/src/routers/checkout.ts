import { Checkout, OpenLoan } from "@tessera/contracts";
import { z } from "zod";
import { memberProcedure, orKeyProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

export const checkout = router({
  /** What I have, due soonest first; then what I brought back last. */
  mine: memberProcedure.output(z.array(Checkout)).query(({ ctx }) => ctx.tenant.checkouts.of(ctx.caller.memberId)),

  /** What is out, and with whom, due soonest first; 500 at most. */
  open: orKeyProcedure("staff", "checkouts:read")
    .output(z.array(OpenLoan))
    .query(({ ctx }) => ctx.tenant.checkouts.open()),
});
