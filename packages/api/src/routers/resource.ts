import {
  ChangeThing,
  ImportOutcome,
  ImportReport,
  ImportThings,
  Resource,
  ResourceId,
  RetireThing,
  ThingOutcome,
  ThingPage,
  ThingQuery,
  ThingWords,
} from "@tessera/contracts";
import { readThings, writeThings } from "@tessera/domain/lending/import-things";
import { z } from "zod";
import { orKeyProcedure, staffProcedure, tenantProcedure } from "../gate.ts";
import { once } from "../once.ts";
import { router } from "../trpc.ts";

const readerProcedure = tenantProcedure.meta({ key: "resources:read" });
const shelfProcedure = orKeyProcedure("staff", "resources:read");
const NamedThing = z.strictObject({ resourceId: ResourceId });

export const resource = router({
  /** Everything that is in use. */
  list: readerProcedure.output(z.array(Resource)).query(({ ctx }) => ctx.tenant.resources.list()),

  get: readerProcedure
    .input(NamedThing)
    .output(Resource.nullable())
    .query(({ ctx, input }) => ctx.tenant.resources.get(input.resourceId)),

  /** A page of things by name, for those who run the shelf: retired ones too, when asked for. */
  page: shelfProcedure
    .input(ThingQuery)
    .output(ThingPage)
    .query(({ ctx, input }) => ctx.tenant.things.page(input)),

  /** Where things stand, to choose from. */
  places: shelfProcedure.output(z.array(z.string())).query(({ ctx }) => ctx.tenant.things.places()),

  create: staffProcedure
    .input(ThingWords)
    .use(once)
    .output(ThingOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.things.create(input, ctx.caller.memberId)),

  change: staffProcedure
    .input(ChangeThing)
    .use(once)
    .output(ThingOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.things.change(input, ctx.caller.memberId)),

  /** Takes a thing out of use; not while it is out. */
  retire: staffProcedure
    .input(RetireThing)
    .use(once)
    .output(ThingOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.things.retire(input, ctx.caller.memberId)),

  bringBack: staffProcedure
    .input(NamedThing)
    .use(once)
    .output(ThingOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.things.bringBack(input.resourceId, ctx.caller.memberId)),

  /** What a file would bring, and everything that is wrong with it. Changes nothing. A mutation, since a file fits into no address. */
  checkImport: staffProcedure
    .input(ImportThings)
    .output(ImportReport)
    .mutation(({ input }) => {
      const { things: _things, ...report } = readThings(input.csv);
      return report;
    }),

  /** Makes every thing of a file, or none. */
  import: staffProcedure
    .input(ImportThings)
    .use(once)
    .output(ImportOutcome)
    .mutation(async ({ ctx, input }) => {
      const { things, ...report } = readThings(input.csv);
      if (report.problemCount > 0) return { kind: "refused", ...report };
      return { kind: "imported", count: await ctx.tenant.things.add(things, ctx.caller.memberId) };
    }),

  /** Everything that is in use as a file, which `import` takes as well. */
  export: shelfProcedure
    .output(z.object({ csv: z.string() }))
    .query(async ({ ctx }) => ({ csv: writeThings(await ctx.tenant.things.inUse()) })),
});
