import type {
  ChangeRole,
  ChangeTier,
  InvitationId,
  InviteMemberOutcome,
  MemberId,
  MemberInvitation,
  PeopleOutcome,
  Role,
  TenantMember,
} from "@tessera/contracts";

/** Who does something to others of their tenant. */
export interface Acting {
  memberId: MemberId;
  role: Role;
}

/** An invitation that is to be written down. */
export interface NewInvitation {
  email: string;
  role: Role;
  /** SHA-256 of what the link holds. */
  tokenHash: Uint8Array;
  expiresAt: Date;
}

/** The people of one tenant, and who was asked to become one. */
export interface Members {
  /** @returns Who belongs to the tenant, by name. */
  list(): Promise<TenantMember[]>;
  /** @returns Invitations that nobody took and nobody took back, the newest first. */
  invitations(): Promise<MemberInvitation[]>;
  /** Invites, or invites again: the token before works no more. */
  invite(invitation: NewInvitation, by: Acting): Promise<InviteMemberOutcome>;
  /** The same invitation with a new token. */
  renew(
    id: InvitationId,
    token: Pick<NewInvitation, "tokenHash" | "expiresAt">,
    by: Acting,
  ): Promise<InviteMemberOutcome>;
  /** Takes an invitation back. */
  revoke(id: InvitationId, by: Acting): Promise<PeopleOutcome>;
  setRole(change: ChangeRole, by: Acting): Promise<PeopleOutcome>;
  /** Sorts somebody for the loan rules. Refused: `not_found`. */
  setTier(change: ChangeTier, by: Acting): Promise<PeopleOutcome>;
  /** Ends a membership and cancels its unused codes. What was borrowed stays on record. */
  remove(id: MemberId, by: Acting): Promise<PeopleOutcome>;
}
