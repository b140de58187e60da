import { NamePlace, NameVisit, Visit, VisitOutcome } from "@tessera/contracts";
import { z } from "zod";
import { staffProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

/** Who stays where. The label stays; each visit is its own. */
export const visit = router({
  /** Those that go on, and the newest that ended. */
  list: staffProcedure.output(z.array(Visit)).query(({ ctx }) => ctx.tenant.visits.list()),

  /** At a check-in. A visit that goes on there is left as it is. */
  open: staffProcedure
    .input(NamePlace)
    .output(VisitOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.visits.open(input.placeId, ctx.caller.memberId)),

  /** At a check-out: every phone of the visit is a stranger from now on. */
  close: staffProcedure
    .input(NameVisit)
    .output(VisitOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.visits.close(input.visitId, ctx.caller.memberId)),
});
