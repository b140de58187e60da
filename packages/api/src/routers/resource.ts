import { Resource, ResourceId } from "@tessera/contracts";
import { z } from "zod";
import { tenantProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

export const resource = router({
  list: tenantProcedure.output(z.array(Resource)).query(({ ctx }) => ctx.tenant.resources.list()),

  get: tenantProcedure
    .input(z.strictObject({ resourceId: ResourceId }))
    .output(Resource.nullable())
    .query(({ ctx, input }) => ctx.tenant.resources.get(input.resourceId)),
});
