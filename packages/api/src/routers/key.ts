import { CodeKey, RevokeKey, RevokeKeyOutcome, RotateKey, RotateKeyOutcome, SecretAges } from "@tessera/contracts";
import { shownKey } from "@tessera/domain/qr/signing-key";
import { z } from "zod";
import { adminProcedure, operatorProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

export const key = router({
  /** Every key that has ever signed codes of this tenant, or will next. None where codes are not signed. */
  list: adminProcedure.output(z.array(CodeKey)).query(async ({ ctx }) => {
    const ring = await ctx.tenant.keyBook.ring();
    return ring.map(shownKey);
  }),

  /** The next key signs from now on. Codes of the one before are still taken for a while. */
  rotate: adminProcedure
    .input(RotateKey)
    .output(RotateKeyOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.keyBook.rotate(input, ctx.caller.memberId)),

  /** A key has leaked: no code that it signed is taken any more. */
  revoke: adminProcedure
    .input(RevokeKey)
    .output(RevokeKeyOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.keyBook.revoke(input.keyId, ctx.caller.memberId)),

  /** How old the deployment's own secret is. It is rotated by a command, where it is kept (docs/guides/rotating.md). */
  deployment: operatorProcedure.output(SecretAges).query(({ ctx }) => ctx.platform.secretAges()),
});
