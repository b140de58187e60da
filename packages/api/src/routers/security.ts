import {
  AcknowledgeAlert,
  Acknowledged,
  AlertPage,
  AlertQuery,
  BlockAddress,
  BlockedAddress,
  BlockedQuery,
  BlockOutcome,
  type BlockRefusal,
  blockRefusals,
  UnblockAddress,
  Unblocked,
} from "@tessera/contracts";
import { networkOf } from "@tessera/domain/suspicion/network";
import type { SecurityBook } from "@tessera/domain/suspicion/security-book";
import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import { z } from "zod";
import type { Inside } from "../context.ts";
import { adminProcedure, operatorsAlone, staffProcedure } from "../gate.ts";
import type { Caller } from "../platform.ts";
import { router } from "../trpc.ts";

type InTenant = Inside & { caller: Caller; tenant: TenantRooms };

/** @returns The tenant's own book, or, for operators, the one of what is nobody's. */
function bookOf({ caller, platform, tenant }: InTenant, everywhere = false): SecurityBook {
  if (!everywhere) return tenant.security;
  operatorsAlone(caller);
  return platform.security.book;
}

const refused = (because: BlockRefusal): BlockOutcome => ({ kind: "refused", because, ...blockRefusals[because] });

export const security = router({
  /** What looks as if somebody meant harm: open ones first, the newest first, page by page. */
  alerts: staffProcedure
    .input(AlertQuery)
    .output(AlertPage)
    .query(({ ctx, input: { everywhere, ...query } }) => bookOf(ctx, everywhere).alerts(query)),

  /** Somebody has looked at an alert, and done what there was to do. The same again is another alert. */
  acknowledge: staffProcedure
    .input(AcknowledgeAlert)
    .output(Acknowledged)
    .mutation(async ({ ctx, input: { alertId, everywhere } }) => {
      const isDone = await bookOf(ctx, everywhere).acknowledge(alertId, ctx.caller.memberId);
      return { kind: isDone ? "acknowledged" : "left_alone" };
    }),

  /** Nobody of this tenant is served from there any more, in any process, within two seconds. Never the address one sits at. */
  blockAddress: adminProcedure
    .input(BlockAddress)
    .output(BlockOutcome)
    .mutation(async ({ ctx, input: { everywhere, because, until = null, ...named } }) => {
      const { security: post, now } = ctx.platform;
      const book = bookOf(ctx, everywhere);
      const address = networkOf(named.address);
      const end = until === null ? null : new Date(until);
      if (address === ctx.address) return refused("your_own_address");
      if (end && end <= now()) return refused("already_over");
      const block = await book.block({ address, because, until: end }, ctx.caller.memberId);
      if (!block) return refused("too_many");
      await post.refresh();
      return { kind: "blocked", block };
    }),

  /** They are served again. */
  unblockAddress: adminProcedure
    .input(UnblockAddress)
    .output(Unblocked)
    .mutation(async ({ ctx, input: { everywhere, address } }) => {
      const isDone = await bookOf(ctx, everywhere).unblock(networkOf(address), ctx.caller.memberId);
      if (isDone) await ctx.platform.security.refresh();
      return { kind: isDone ? "unblocked" : "left_alone" };
    }),

  /** Every address that is blocked now. */
  blockedAddresses: adminProcedure
    .input(BlockedQuery)
    .output(z.array(BlockedAddress))
    .query(({ ctx, input }) => bookOf(ctx, input?.everywhere).blocked(ctx.platform.now())),
});
