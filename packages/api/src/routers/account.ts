import { Me } from "@tessera/contracts";
import { publicProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

export const account = router({
  /** Who the server takes the caller for; null when nobody is signed in. */
  me: publicProcedure.output(Me.nullable()).query(({ ctx }) => ctx.caller),
});
