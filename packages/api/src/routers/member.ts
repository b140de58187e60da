import {
  ChangeRole,
  ChangeTier,
  InvitationId,
  InviteMember,
  InviteMemberOutcome,
  MemberId,
  MemberInvitation,
  PeopleOutcome,
  TenantMember,
} from "@tessera/contracts";
import { inviteMember } from "@tessera/domain/people/invite";
import { z } from "zod";
import { adminProcedure, staffProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

const OfInvitation = z.strictObject({ invitationId: InvitationId });

export const member = router({
  /** Who belongs to the tenant. */
  list: staffProcedure.output(z.array(TenantMember)).query(({ ctx }) => ctx.tenant.members.list()),

  /** Invitations that nobody took yet, also those past their time. */
  invitations: staffProcedure.output(z.array(MemberInvitation)).query(({ ctx }) => ctx.tenant.members.invitations()),

  /** A letter with a link that works once, for seven days. Staff invite members, administrators any role up to theirs. */
  invite: staffProcedure
    .input(InviteMember)
    .output(InviteMemberOutcome)
    .mutation(({ ctx, input }) => inviteMember({ ...ctx.platform, members: ctx.tenant.members }, input, ctx.caller)),

  /** The same letter with another link; the first works no more. */
  inviteAgain: staffProcedure
    .input(OfInvitation)
    .output(InviteMemberOutcome)
    .mutation(({ ctx, input }) => inviteMember({ ...ctx.platform, members: ctx.tenant.members }, input, ctx.caller)),

  /** Takes an invitation back. */
  uninvite: staffProcedure
    .input(OfInvitation)
    .output(PeopleOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.members.revoke(input.invitationId, ctx.caller)),

  changeRole: adminProcedure
    .input(ChangeRole)
    .output(PeopleOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.members.setRole(input, ctx.caller)),

  /** Sorts somebody for the loan rules. */
  changeTier: staffProcedure
    .input(ChangeTier)
    .output(PeopleOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.members.setTier(input, ctx.caller)),

  /** Ends a membership. Refused while the person has something; what they borrowed stays on record. */
  remove: adminProcedure
    .input(z.strictObject({ memberId: MemberId }))
    .output(PeopleOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.members.remove(input.memberId, ctx.caller)),
});
