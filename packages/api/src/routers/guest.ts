import { OpenedPlace, OpenPlace, ResumedGuest, ResumeGuest } from "@tessera/contracts";
import { openPlace } from "@tessera/domain/guests/open-place";
import { z } from "zod";
import { guestProcedure, publicProcedure, scopeOfLabel } from "../gate.ts";
import { router } from "../trpc.ts";

export const guest = router({
  /**
   * A phone has read a place's label: it gets a session in the visit that goes on there, or begins one. Its token is told this
   * once. Asked again, it is another session in the same visit.
   */
  open: publicProcedure
    .meta({ limit: "session" })
    .input(OpenPlace)
    .output(OpenedPlace)
    .mutation(({ ctx, input }) => {
      const { platform } = ctx;
      return openPlace(
        {
          ...platform,
          visitsOf: (label) => platform.openTenant(scopeOfLabel(label)).visits,
          isOffered: (tenant) => platform.flags.reaches("ff/qr_unified_portal", tenant).value,
        },
        input,
      );
    }),

  /** A page that was loaded again asks whether it is still here, also when it is a stranger everywhere else. */
  resume: publicProcedure
    .meta({ limit: "read" })
    .input(ResumeGuest)
    .output(ResumedGuest)
    .mutation(({ ctx, input }) => ctx.platform.guests.resumeGuest(ctx.platform.hashOf(input.token))),

  /** Whether the other phones of the visit see what this one asked for, and this one theirs. */
  share: guestProcedure
    .input(z.strictObject({ shares: z.boolean() }))
    .output(z.object({ shares: z.boolean() }))
    .mutation(async ({ ctx, input }) => {
      await ctx.tenant.requests.share(ctx.caller, input.shares);
      return input;
    }),

  /** A guest goes. The visit goes on without them. */
  leave: guestProcedure.output(z.object({ left: z.boolean() })).mutation(async ({ ctx }) => ({
    left: await ctx.tenant.visits.leave(ctx.caller.guestId),
  })),
});
