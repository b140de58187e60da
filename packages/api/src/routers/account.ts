import {
  AccountSession,
  ConfirmEmail,
  EraseAccount,
  InvitationToken,
  JoinOutcome,
  JoinTenant,
  Me,
  PeopleOutcome,
  Person,
  PersonalData,
  PersonName,
  ShownInvitation,
} from "@tessera/contracts";
import type { Joiner } from "@tessera/domain/people/accounts";
import { z } from "zod";
import type { Inside } from "../context.ts";
import { publicProcedure, selfProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

export const account = router({
  /** Who the server takes the caller for; null when nobody is signed in. */
  me: publicProcedure.output(Me.nullable()).query(({ ctx }) => ctx.caller),

  /** The person who is signed in, and every tenant they belong to; null for nobody and for desks. */
  person: publicProcedure.output(Person.nullable()).query(async ({ ctx }) => {
    const person = await ctx.person();
    if (!person) return null;
    const homes = person.memberships.map(({ role, tenant: { slug, name } }) => ({ slug, name, role }));
    return { ...person, homes };
  }),

  /** What an invitation says, for who has its link. A mutation, so that the token stands in no address. */
  lookAtInvitation: publicProcedure
    .input(InvitationToken)
    .output(ShownInvitation)
    .mutation(async ({ ctx, input }) => {
      const { hashOf, joining } = ctx.platform;
      const invitation = await joining.invitation(hashOf(input.token));
      return invitation ? { kind: "open", ...invitation } : { kind: "refused", because: "unknown_invitation" };
    }),

  /** Uses an invitation up: with the account of who is signed in, or with a new one. */
  join: publicProcedure
    .input(JoinTenant)
    .output(JoinOutcome)
    .mutation(async ({ ctx, input }) => {
      const { hashOf, joining } = ctx.platform;
      const tokenHash = hashOf(input.token);
      // Looked at first: a password costs a tenth of a second to hash, which nobody gets for a made-up token.
      if (!(await joining.invitation(tokenHash))) return { kind: "refused", because: "unknown_invitation" };
      const joiner = await joinerOf(ctx, input);
      return joiner ? joining.join(tokenHash, joiner) : { kind: "refused", because: "sign_in_first" };
    }),

  /** Takes the token of a letter that asked whether an e-mail is somebody's own. */
  confirmEmail: publicProcedure
    .input(ConfirmEmail)
    .output(PeopleOutcome)
    .mutation(async ({ ctx, input }) =>
      (await ctx.platform.signIn.confirmEmail(input.token))
        ? { kind: "done" }
        : { kind: "refused", because: "unknown_link" },
    ),

  /** Where the person is signed in, the newest first. */
  sessions: selfProcedure
    .output(z.array(AccountSession))
    .query(({ ctx }) => ctx.platform.accounts.sessions(ctx.self.userId, ctx.self.sessionId)),

  endSession: selfProcedure
    .input(z.strictObject({ sessionId: z.uuid() }))
    .output(z.object({ ended: z.boolean() }))
    .mutation(async ({ ctx, input }) => ({
      ended: await ctx.platform.accounts.endSession(ctx.self.userId, input.sessionId),
    })),

  /** Signs out everywhere, or everywhere else. */
  endSessions: selfProcedure
    .input(z.strictObject({ hereToo: z.boolean() }))
    .output(z.object({ ended: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      const { userId, sessionId } = ctx.self;
      await ctx.platform.accounts.endSessions(userId, input.hereToo ? null : sessionId);
      return { ended: true };
    }),

  rename: selfProcedure
    .input(z.strictObject({ name: PersonName }))
    .output(z.object({ name: z.string() }))
    .mutation(async ({ ctx, input }) => {
      await ctx.platform.accounts.rename(ctx.self.userId, input.name);
      return input;
    }),

  /** Everything that is known of the person, in whatever tenant. */
  export: selfProcedure
    .output(PersonalData)
    .query(({ ctx }) => ctx.platform.accounts.dataOf(ctx.self.userId, ctx.platform.now())),

  /** Deletes the account. The journal keeps what happened, without a name. */
  erase: selfProcedure
    .meta({ limit: "sign_in" }) // it says whether a password is right
    .input(EraseAccount)
    .output(PeopleOutcome)
    .mutation(async ({ ctx, input }) => {
      const { accounts, signIn } = ctx.platform;
      const { userId } = ctx.self;
      if (!(await signIn.isPassword(userId, input.password))) return { kind: "refused", because: "wrong_password" };
      return accounts.erase(userId);
    }),
});

/** @returns null: nobody is signed in, and nothing was said of a new account. */
async function joinerOf({ person, platform }: Inside, { account: wanted }: JoinTenant): Promise<Joiner | null> {
  if (wanted) {
    const passwordHash = await platform.signIn.hashPassword(wanted.password);
    return { userId: null, name: wanted.name, passwordHash };
  }
  const here = await person();
  return here && { userId: here.userId };
}
