import { CreatePlace, NamePlace, Place, PlaceOutcome, RenamePlace, RetireOutcome, SetHours } from "@tessera/contracts";
import type { NewLabel } from "@tessera/domain/guests/places";
import { drawSigns } from "@tessera/domain/guests/signs";
import { LABEL_RANDOM_BYTES, labelKey } from "@tessera/domain/qr/label-key";
import { z } from "zod";
import { staffProcedure } from "../gate.ts";
import { once } from "../once.ts";
import type { Platform } from "../platform.ts";
import { router } from "../trpc.ts";

const newLabel = ({ random }: Pick<Platform, "random">): NewLabel => ({
  key: labelKey(random(LABEL_RANDOM_BYTES)),
  signs: drawSigns(random),
});

/** Where guests are served: rooms, tables, cabins, in zones. Each has a label to print, but for zones. */
export const place = router({
  list: staffProcedure.output(z.array(Place)).query(({ ctx }) => ctx.tenant.places.list()),

  create: staffProcedure
    .input(CreatePlace)
    .use(once)
    .output(PlaceOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.places.create(input, newLabel(ctx.platform), ctx.caller.memberId)),

  rename: staffProcedure
    .input(RenamePlace)
    .output(PlaceOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.places.rename(input, ctx.caller.memberId)),

  /** When guests are let in. Null: whenever the zone's are, or always. */
  setHours: staffProcedure
    .input(SetHours)
    .output(PlaceOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.places.setHours(input, ctx.caller.memberId)),

  /** Takes a place out of use: its label leads nowhere, its visit ends. */
  retire: staffProcedure
    .input(NamePlace)
    .output(RetireOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.places.retire(input, ctx.caller.memberId)),

  /** Another label, for one that was lost or seen where it should not be. */
  relabel: staffProcedure
    .input(NamePlace)
    .use(once)
    .output(PlaceOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.places.relabel(input, newLabel(ctx.platform), ctx.caller.memberId)),
});
