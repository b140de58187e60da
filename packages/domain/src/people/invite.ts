import type { InvitationId, InviteMember, InviteMemberOutcome } from "@tessera/contracts";
import { toBase64url } from "../qr/base64url.ts";
import { invitationMail, type Post } from "./mails.ts";
import type { Acting, Members } from "./members.ts";

const DAYS = 7;
const DAY_MS = 24 * 3_600_000;
const TOKEN_BYTES = 32;

/** What invitations are made with. */
export interface InviteTools {
  members: Members;
  post: Post;
  /** Where people reach the product: `https://lend.example`. */
  address: string;
  random(length: number): Uint8Array<ArrayBuffer>;
  hashOf(text: string): Uint8Array;
  now(): Date;
}

/** Who invites, as the letter names them. */
export interface Inviter extends Acting {
  name: string;
  tenant: { name: string };
}

/**
 * Asks somebody to join by a letter with a link. The token is in the letter alone; kept is its hash.
 *
 * @param tools What it is made with.
 * @param input Who, and what they are to be; or an invitation that is to be sent once more, with another token.
 * @param by Who asks.
 */
export async function inviteMember(
  { members, post, address, random, hashOf, now }: InviteTools,
  input: InviteMember | { invitationId: InvitationId },
  by: Inviter,
): Promise<InviteMemberOutcome> {
  const token = toBase64url(random(TOKEN_BYTES));
  const expiresAt = new Date(now().getTime() + DAYS * DAY_MS);
  const kept = { tokenHash: hashOf(token), expiresAt };
  const outcome =
    "email" in input
      ? await members.invite({ ...input, ...kept }, by)
      : await members.renew(input.invitationId, kept, by);
  if (outcome.kind === "invited") {
    const { email: to } = outcome.invitation;
    post.send(invitationMail({ to, tenant: by.tenant.name, by: by.name, link: `${address}/join#${token}` }));
  }
  return outcome;
}
