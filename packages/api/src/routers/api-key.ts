import { ApiKey, CreateApiKey, NameApiKey, NewKeyOutcome, RevokedKey, RotateApiKey } from "@tessera/contracts";
import { graceUntil } from "@tessera/domain/keys/api-keys";
import { newToken, prefixOf } from "@tessera/domain/tokens";
import { z } from "zod";
import { adminProcedure } from "../gate.ts";
import type { Platform } from "../platform.ts";
import { router } from "../trpc.ts";

/** @returns A token to tell once, and what is kept of it. */
function freshToken({ random, hashOf }: Pick<Platform, "random" | "hashOf">) {
  const token = newToken("tsk", random);
  return { token, kept: { hash: hashOf(token), prefix: prefixOf(token) } };
}

/** Keys of the tenant's own programs: `Authorization: Bearer tsk_…`. */
export const apiKey = router({
  list: adminProcedure.output(z.array(ApiKey)).query(({ ctx }) => ctx.tenant.apiKeys.list()),

  /** The token is told this once. A key without a scope may do nothing. */
  create: adminProcedure
    .input(CreateApiKey)
    .output(NewKeyOutcome)
    .mutation(async ({ ctx, input }) => {
      const { token, kept } = freshToken(ctx.platform);
      const expiresAt = input.expiresAt ? new Date(input.expiresAt) : null;
      const wanted = { name: input.name, scopes: input.scopes, expiresAt };
      return { kind: "created", key: await ctx.tenant.apiKeys.create(wanted, kept, ctx.caller.memberId), token };
    }),

  /** Another token, told this once; the one before is taken for some hours more, so that programs can change over. */
  rotate: adminProcedure
    .input(RotateApiKey)
    .output(NewKeyOutcome)
    .mutation(async ({ ctx, input: { keyId, graceHours } }) => {
      const { token, kept } = freshToken(ctx.platform);
      const oldUntil = graceUntil(graceHours, ctx.platform.now());
      const key = await ctx.tenant.apiKeys.rotate(keyId, kept, oldUntil, ctx.caller.memberId);
      return key ? { kind: "rotated", key, token } : { kind: "left_alone" };
    }),

  /** Ends a key at once, in every process. */
  revoke: adminProcedure
    .input(NameApiKey)
    .output(RevokedKey)
    .mutation(async ({ ctx, input }) => {
      const key = await ctx.tenant.apiKeys.revoke(input.keyId, ctx.caller.memberId);
      return key ? { kind: "revoked", key } : { kind: "left_alone" };
    }),
});
