import {
  Checkout,
  FindLoans,
  JoinQueueOutcome,
  LendingOutcome,
  LoanPage,
  OpenLoan,
  QueuePlace,
  RenewLoan,
  RenewOutcome,
  Reservation,
  ReservationId,
  Reserve,
  ReserveOutcome,
  ResourceId,
  ThingLine,
} from "@tessera/contracts";
import { z } from "zod";
import { isStaff, memberProcedure, orKeyProcedure, staffProcedure } from "../gate.ts";
import { once } from "../once.ts";
import { router } from "../trpc.ts";

const OfThing = z.strictObject({ resourceId: ResourceId });

export const checkout = router({
  /** What I have, due soonest first; then what I brought back last. */
  mine: memberProcedure
    .output(z.array(Checkout))
    .query(({ ctx }) => ctx.tenant.checkouts.of(ctx.caller.memberId, ctx.platform.now())),

  /** What is out, and with whom, due soonest first; 500 at most. */
  open: orKeyProcedure("staff", "checkouts:read")
    .output(z.array(OpenLoan))
    .query(({ ctx }) => ctx.tenant.checkouts.open()),

  /** What is out, page by page, with a search. */
  find: staffProcedure
    .input(FindLoans)
    .output(LoanPage)
    .query(({ ctx, input }) => ctx.tenant.checkouts.find(input, ctx.platform.now())),

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

  /** What I have reserved, soonest first. */
  myReservations: memberProcedure
    .output(z.array(Reservation))
    .query(({ ctx }) => ctx.tenant.reservations.of(ctx.caller.memberId)),

  /** Keeps a thing for me, for a time to come. */
  reserve: memberProcedure
    .input(Reserve)
    .use(once)
    .output(ReserveOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.reservations.reserve(input, ctx.caller.memberId, ctx.platform.now())),

  /** Gives a reservation back: one's own, or as staff anybody's. */
  cancelReservation: memberProcedure
    .input(z.strictObject({ reservationId: ReservationId }))
    .use(once)
    .output(LendingOutcome)
    .mutation(({ ctx, input }) => {
      const { memberId, role } = ctx.caller;
      return ctx.tenant.reservations.cancel(input.reservationId, { memberId, isStaff: isStaff(role) });
    }),

  /** What I wait for; what is kept for me comes first. */
  myQueues: memberProcedure.output(z.array(QueuePlace)).query(({ ctx }) => ctx.tenant.queue.of(ctx.caller.memberId)),

  /** How a thing stands for me: its queue, what is reserved, what I could do. Null: there is no such thing. */
  line: memberProcedure
    .input(OfThing)
    .output(ThingLine.nullable())
    .query(({ ctx, input }) => ctx.tenant.queue.line(input.resourceId, ctx.caller.memberId, ctx.platform.now())),

  /** I wait for a thing. Whoever waits already keeps their place. */
  joinQueue: memberProcedure
    .input(OfThing)
    .use(once)
    .output(JoinQueueOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.queue.join(input.resourceId, ctx.caller.memberId, ctx.platform.now())),

  /** I wait no more; what is kept for me goes to the next. */
  leaveQueue: memberProcedure
    .input(OfThing)
    .use(once)
    .output(LendingOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.queue.leave(input.resourceId, ctx.caller.memberId, ctx.platform.now())),
});
