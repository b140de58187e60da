import { Checkout } from "@tessera/contracts";
import { z } from "zod";
import { memberProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

export const checkout = router({
  /** What I have, due soonest first; then what I brought back last. */
  mine: memberProcedure.output(z.array(Checkout)).query(({ ctx }) => ctx.tenant.checkouts.of(ctx.caller.memberId)),
});
