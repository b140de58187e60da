import { FlagKey } from "@tessera/contracts";
import {
  CanaryCandidate,
  CohortMember,
  InviteToCohort,
  MoveRamp,
  PlanRamp,
  Ramp,
  RampChange,
} from "@tessera/contracts/flags";
import { actOnRamp, type RampTools } from "@tessera/domain/flags/ramp-turn";
import { pickCanaries } from "@tessera/domain/flags/reach";
import { z } from "zod";
import { operatorProcedure } from "../gate.ts";
import type { Platform } from "../platform.ts";
import { router } from "../trpc.ts";

const ofKey = z.strictObject({ key: FlagKey });

/** @returns What ramps are moved with. */
export const rampToolsOf = ({ ramps, flagBook, breakers, now }: Platform): RampTools => ({
  ramps,
  book: flagBook,
  exposed: async (key, from) => (await breakers.traffic(key, from)).exposed,
  now,
});

/** A flag's way from nobody to everybody. */
export const ramp = router({
  /** null: the flag has none. */
  get: operatorProcedure
    .input(ofKey)
    .output(Ramp.nullable())
    .query(({ ctx, input }) => ctx.platform.ramps.of(input.key)),

  /** A new plan in place of the one before. */
  plan: operatorProcedure
    .input(PlanRamp)
    .output(RampChange)
    .mutation(async ({ ctx, input: { key, steps, because } }): Promise<RampChange> => {
      const planned = await ctx.platform.ramps.plan(key, steps, { id: ctx.caller.memberId, because });
      return planned ? { kind: "changed", ramp: planned } : { kind: "refused", reason: "ramp_running" };
    }),

  /** Starts, pauses, resumes, lets on, jumps or takes back. */
  move: operatorProcedure
    .input(MoveRamp)
    .output(RampChange)
    .mutation(async ({ ctx, input }) => {
      const by = { id: ctx.caller.memberId, via: "console" } as const;
      const change = await actOnRamp(rampToolsOf(ctx.platform), input, by);
      await ctx.platform.flags.refresh();
      return change;
    }),

  /** Who is asked first, in their order, and who of them has used the feature. */
  cohort: operatorProcedure
    .input(ofKey)
    .output(z.array(CohortMember))
    .query(async ({ ctx, input: { key } }) => {
      const { ramps, flags } = ctx.platform;
      return (await ramps.cohort(key)).map(({ tenantId, ...invited }) => {
        const isIn = tenantId !== null && flags.decide(key, { tenantId, userId: invited.memberId }).value;
        return { ...invited, isIn };
      });
    }),

  invite: operatorProcedure
    .input(InviteToCohort)
    .output(z.object({ added: z.int().nonnegative() }))
    .mutation(async ({ ctx, input: { key, emails, because } }) => {
      return { added: await ctx.platform.ramps.invite(key, emails, { id: ctx.caller.memberId, because }) };
    }),

  /** Tenants that would do as canaries; two are picked. */
  canaries: operatorProcedure
    .output(z.array(CanaryCandidate))
    .query(async ({ ctx }) => pickCanaries(await ctx.platform.ramps.candidates())),
});
