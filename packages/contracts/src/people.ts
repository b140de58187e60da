import { z } from "zod";
import { PersonName, Role } from "./account.ts";
import { type Id, Instant, MemberId } from "./ids.ts";
import { Tier } from "./loan-rule.ts";
import { type PeopleRefusal, peopleRefusals } from "./people-refusals.ts";

export type InvitationId = Id<"invitation">;
export const InvitationId: z.ZodType<InvitationId, string> = z
  .uuid()
  .transform((id) => id.toLowerCase() as InvitationId);

/** An e-mail address as it is kept: without space around it, in small letters. */
export const EmailAddress: z.ZodType<string, string> = z.string().trim().toLowerCase().pipe(z.email().max(254));

/** The roles that somebody may give to others and take from them. */
export const grants: Record<Role, readonly Role[]> = {
  member: [],
  staff: ["member"],
  admin: ["member", "staff", "admin"],
  operator: ["member", "staff", "admin", "operator"],
};

/** A person of the tenant, as staff see them. */
export interface TenantMember {
  id: MemberId;
  name: string;
  /** null for who cannot sign in. */
  email: string | null;
  role: Role;
  /** What the loan rules sort them by. */
  tier: string;
  hasSecondFactor: boolean;
  joinedAt: Instant;
}
export const TenantMember: z.ZodType<TenantMember> = z.object({
  id: MemberId,
  name: z.string(),
  email: z.string().nullable(),
  role: Role,
  tier: z.string(),
  hasSecondFactor: z.boolean(),
  joinedAt: Instant,
});

/** A way into the tenant that nobody has taken yet. It can be past its time. */
export interface MemberInvitation {
  id: InvitationId;
  email: string;
  role: Role;
  invitedBy: string;
  expiresAt: Instant;
}
export const MemberInvitation: z.ZodType<MemberInvitation> = z.object({
  id: InvitationId,
  email: z.string(),
  role: Role,
  invitedBy: z.string(),
  expiresAt: Instant,
});

const refused = z.object({
  kind: z.literal("refused"),
  because: z.enum(Object.keys(peopleRefusals) as [PeopleRefusal]),
});
type Refused = { kind: "refused"; because: PeopleRefusal };

/** Somebody is asked to join, by a mail with a link. Asked again, the first link works no more. */
export interface InviteMember {
  email: string;
  role: Role;
}
export const InviteMember: z.ZodType<InviteMember, InviteMember> = z.strictObject({ email: EmailAddress, role: Role });

export type InviteMemberOutcome = { kind: "invited"; invitation: MemberInvitation } | Refused;
export const InviteMemberOutcome: z.ZodType<InviteMemberOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("invited"), invitation: MemberInvitation }),
  refused,
]);

export interface ChangeRole {
  memberId: MemberId;
  role: Role;
}
export const ChangeRole: z.ZodType<ChangeRole, { memberId: string; role: Role }> = z.strictObject({
  memberId: MemberId,
  role: Role,
});

/** Sorts somebody for the loan rules. Codes that they have keep the terms they were made with. */
export interface ChangeTier {
  memberId: MemberId;
  tier: string;
}
export const ChangeTier: z.ZodType<ChangeTier, { memberId: string; tier: string }> = z.strictObject({
  memberId: MemberId,
  tier: Tier,
});

/** Done, or why not. */
export type PeopleOutcome = { kind: "done" } | Refused;
export const PeopleOutcome: z.ZodType<PeopleOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done") }),
  refused,
]);

const token = z.string().regex(/^[\w-]{20,100}$/);

/** What the link of an invitation holds behind its #. */
export interface InvitationToken {
  token: string;
}
export const InvitationToken: z.ZodType<InvitationToken> = z.strictObject({ token });

/** What somebody sees who followed the link. */
export type ShownInvitation =
  | { kind: "open"; tenant: string; email: string; role: Role; hasAccount: boolean }
  | Refused;
export const ShownInvitation: z.ZodType<ShownInvitation> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("open"),
    tenant: z.string(),
    email: z.string(),
    role: Role,
    hasAccount: z.boolean(),
  }),
  refused,
]);

export const shortestPassword = 10;
export const longestPassword = 128;

/** Joins with the account of who is signed in, or with a new one. */
export interface JoinTenant {
  token: string;
  /** Of a new account; left out by who is signed in. */
  account?: { name: string; password: string } | undefined;
}
export const JoinTenant: z.ZodType<JoinTenant> = z.strictObject({
  token,
  account: z
    .strictObject({ name: PersonName, password: z.string().min(shortestPassword).max(longestPassword) })
    .optional(),
});

export type JoinOutcome = { kind: "joined"; tenant: string; slug: string; email: string } | Refused;
export const JoinOutcome: z.ZodType<JoinOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("joined"), tenant: z.string(), slug: z.string(), email: z.string() }),
  refused,
]);

/** What a letter's link holds that asks whether an e-mail is somebody's own. */
export interface ConfirmEmail {
  token: string;
}
export const ConfirmEmail: z.ZodType<ConfirmEmail> = z.strictObject({ token: z.string().regex(/^[\w.-]{20,2000}$/) });

/** A person's account is to go. The password shows that it is they who ask. */
export interface EraseAccount {
  password: string;
}
export const EraseAccount: z.ZodType<EraseAccount> = z.strictObject({
  password: z.string().min(1).max(longestPassword),
});
