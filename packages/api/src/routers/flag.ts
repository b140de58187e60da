import {
  FlagDecision,
  FlagKey,
  type FlagNews,
  KilledFlag,
  KillFlag,
  type MemberId,
  ResourceId,
  StorableText,
} from "@tessera/contracts";
import {
  FlagChange,
  FlagExplanation,
  FlagHistoryEntry,
  FlagOverview,
  FlagPreview,
  FlagReach,
  type FlagSetting,
  FlagSubject,
  SaveFlag,
  SignedFlagSet,
  SomeFlagSettings,
} from "@tessera/contracts/flags";
import type { FlagActor } from "@tessera/domain/flags/flag-book";
import { previewFlag } from "@tessera/domain/flags/preview";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { signedDeskFlags } from "../desk-flags.ts";
import { flagFor } from "../flag-for.ts";
import { deviceProcedure, operatorProcedure, tenantProcedure } from "../gate.ts";
import { flagsFor } from "../live.ts";
import { router } from "../trpc.ts";
import { breaker } from "./flag-breaker.ts";
import { ramp } from "./flag-ramp.ts";

const unknownFlag = (key: FlagKey) => new TRPCError({ code: "NOT_FOUND", message: `There is no flag ${key}.` });

const byConsole = (memberId: MemberId): FlagActor => ({ id: memberId, via: "console" });

export const flag = router({
  /** The flag as it is for the caller, and why. */
  evaluate: tenantProcedure
    .input(z.strictObject({ key: FlagKey, resourceId: ResourceId.nullish() }))
    .output(FlagDecision)
    .query(({ ctx, input }) => flagFor(ctx.platform.flags, ctx.caller, input.key, input.resourceId)),

  /** Every flag as it is for the caller. */
  all: tenantProcedure.query(({ ctx }): FlagNews => flagsFor(ctx.platform.flags, ctx.caller)),

  /** Every flag as it is for a desk, signed: what it goes by while it can ask nobody. */
  signedSet: deviceProcedure.output(SignedFlagSet).query(({ ctx }) => signedDeskFlags(ctx)),

  /** Every flag as it is set. */
  list: operatorProcedure.output(z.array(FlagOverview)).query(async ({ ctx }) => {
    const { flagBook, flags } = ctx.platform;
    const [{ settings, unreadable }, waiting] = await Promise.all([flagBook.read(), flagBook.approvals()]);
    const overview = (setting: FlagSetting, nonsense: string | null): FlagOverview => {
      const { key } = setting;
      const approval = waiting.find((one) => one.key === key) ?? null;
      return { setting, override: flags.overrideOf(key), approval, nonsense };
    };
    const held = unreadable.flatMap(({ key, because, forNobody }) => {
      const setting = flags.settings().find((known) => known.key === key) ?? forNobody;
      return setting ? [overview(setting, because)] : [];
    });
    return [...settings.map((setting) => overview(setting, null)), ...held].toSorted((a, b) =>
      a.setting.key < b.setting.key ? -1 : 1,
    );
  }),

  /** How fast changes get everywhere. */
  reach: operatorProcedure.output(FlagReach).query(({ ctx }) => ctx.platform.survey.reach()),

  /** Changes some of the settings. */
  save: operatorProcedure
    .input(SaveFlag)
    .output(FlagChange)
    .mutation(async ({ ctx, input }) => {
      const change = await ctx.platform.flagBook.save(input, byConsole(ctx.caller.memberId));
      await ctx.platform.flags.refresh();
      return change;
    }),

  /** Who would be in, if the flag were set so. Changes nothing. */
  preview: operatorProcedure
    .input(z.strictObject({ key: FlagKey, set: SomeFlagSettings }))
    .output(FlagPreview)
    .query(async ({ ctx, input: { key, set } }) => {
      const { flags, survey } = ctx.platform;
      const facts = { key, now: flags, wanted: flags.as(key, set), tenants: flags.tenants() };
      return previewFlag({ ...facts, people: await survey.people() });
    }),

  /** The decision for somebody, with every rule's part in it. */
  explain: operatorProcedure
    .input(z.strictObject({ key: FlagKey, subject: FlagSubject }))
    .output(FlagExplanation)
    .query(({ ctx, input }) => ctx.platform.flags.explain(input.key, input.subject)),

  /** People by a part of their name, to explain a flag for: 20 at most. */
  people: operatorProcedure
    .input(z.strictObject({ text: StorableText.trim().max(100) }))
    .output(z.array(z.object({ id: z.string(), name: z.string(), tenantId: z.string(), tenant: z.string() })))
    .query(({ ctx, input }) => ctx.platform.survey.find(input.text)),

  /** What was changed, by whom and why; newest first. */
  history: operatorProcedure
    .input(z.strictObject({ key: FlagKey, below: z.int().positive().optional() }))
    .output(z.array(FlagHistoryEntry))
    .query(({ ctx, input }) => ctx.platform.flagBook.history(input.key, input.below)),

  /** Off for everybody, at once. Nobody has to agree. */
  kill: operatorProcedure
    .input(KillFlag)
    .output(KilledFlag)
    .mutation(async ({ ctx, input: { key, because } }) => {
      const change = await ctx.platform.flagBook.kill(key, because, byConsole(ctx.caller.memberId));
      if (change.kind !== "changed" || !change.setting.killed) throw unknownFlag(key);
      await ctx.platform.flags.refresh();
      return { key, killedAt: change.setting.killed.at, revision: change.setting.revision };
    }),

  /** Lifts the kill switch: the flag is again what it was set to. Where there is another operator, they have to agree. */
  restore: operatorProcedure
    .input(KillFlag)
    .output(FlagChange)
    .mutation(async ({ ctx, input: { key, because } }) => {
      const change = await ctx.platform.flagBook.restore(key, because, byConsole(ctx.caller.memberId), ctx.scope);
      await ctx.platform.flags.refresh();
      return change;
    }),

  /** A second person agrees to what was asked, or not. */
  settle: operatorProcedure
    .input(z.strictObject({ approvalId: z.uuid(), agrees: z.boolean() }))
    .output(FlagChange)
    .mutation(async ({ ctx, input }) => {
      const change = await ctx.platform.flagBook.settle(input.approvalId, input.agrees, byConsole(ctx.caller.memberId));
      await ctx.platform.flags.refresh();
      return change;
    }),

  ramp,
  breaker,
});
