import { Resource, ResourceId } from "@tessera/contracts";
import { z } from "zod";
import { tenantProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

const readerProcedure = tenantProcedure.meta({ key: "resources:read" });

export const resource = router({
  list: readerProcedure.output(z.array(Resource)).query(({ ctx }) => ctx.tenant.resources.list()),

  get: readerProcedure
    .input(z.strictObject({ resourceId: ResourceId }))
    .output(Resource.nullable())
    .query(({ ctx, input }) => ctx.tenant.resources.get(input.resourceId)),
});
