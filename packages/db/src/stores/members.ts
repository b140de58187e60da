import type { InvitationId, MemberId, MemberInvitation, PeopleOutcome, Role, TenantMember } from "@tessera/contracts";
import type { Acting, Members } from "@tessera/domain/people/members";
import { grantableBy, roleRefusal } from "@tessera/domain/people/rules";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import type { InTenant } from "../tenant.ts";
import { holdMember, leave, refusedOr, Undone } from "./leaving.ts";

const MOST_LISTED = 5_000;
const DONE = { kind: "done" } as const;

/**
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each change, so that its news can leave.
 */
export function membersOf(scope: TenantScope, tenant: InTenant, onChange: () => void): Members {
  /** Writes, and tells of it where something was written. */
  async function change<T>(work: (tx: Tx) => Promise<T>) {
    const outcome = await refusedOr(tenant(work));
    onChange();
    return outcome;
  }

  const tell = (tx: Tx, type: string, entityId: string, by: Acting, payload: object = {}) =>
    tx.outbox.create({
      data: { tenantId: scope, type, entityId, entityVersion: 0, actorId: by.memberId, payload },
    });

  const open = { tenantId: scope, acceptedAt: null, revokedAt: null };
  const inviter = { inviter: { select: { name: true } } } as const;

  return {
    list: () =>
      tenant(async (tx) => {
        const rows = await tx.member.findMany({
          where: { tenantId: scope, leftAt: null },
          orderBy: [{ name: "asc" }, { id: "asc" }],
          take: MOST_LISTED,
          include: { user: { select: { email: true, twoFactorEnabled: true } } },
        });
        return rows.map(
          ({ id, name, role, tier, createdAt, user }): TenantMember => ({
            id: id as MemberId,
            name,
            email: user?.email ?? null,
            role: role as Role,
            tier,
            hasSecondFactor: user?.twoFactorEnabled ?? false,
            joinedAt: createdAt.toISOString(),
          }),
        );
      }),

    invitations: () =>
      tenant(async (tx) => {
        const rows = await tx.memberInvitation.findMany({
          where: open,
          orderBy: { createdAt: "desc" },
          take: MOST_LISTED,
          include: inviter,
        });
        return rows.map(shown);
      }),

    invite: ({ email, role, tokenHash, expiresAt }, by) =>
      change(async (tx) => {
        if (!grantableBy(by.role).includes(role)) throw new Undone("may_not_grant");
        const known = await tx.member.count({ where: { tenantId: scope, leftAt: null, user: { email } } });
        if (known > 0) throw new Undone("already_member");
        const [row] = await tx.$queryRaw<{ id: string }[]>`
          INSERT INTO member_invitations AS i (tenant_id, email, role, token_hash, invited_by, expires_at)
          VALUES (${scope}::uuid, ${email}, ${role}, ${Buffer.from(tokenHash)}, ${by.memberId}::uuid, ${expiresAt})
          ON CONFLICT (tenant_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL
          DO UPDATE SET role = excluded.role, token_hash = excluded.token_hash, invited_by = excluded.invited_by,
                        expires_at = excluded.expires_at
          WHERE i.role = ANY (${[...grantableBy(by.role)]}) RETURNING id`;
        if (!row) throw new Undone("may_not_touch"); // staff must not replace an invitation that was beyond them
        await tell(tx, "member.invited", row.id, by, { role });
        return { kind: "invited" as const, invitation: await one(tx, row.id) };
      }),

    renew: (id, { tokenHash, expiresAt }, by) =>
      change(async (tx) => {
        const { role } = await held(tx, id, by);
        const data = { tokenHash: Buffer.from(tokenHash), expiresAt, invitedBy: by.memberId };
        await tx.memberInvitation.updateMany({ where: { ...open, id }, data });
        await tell(tx, "member.invited", id, by, { role });
        return { kind: "invited" as const, invitation: await one(tx, id) };
      }),

    revoke: (id, by) =>
      change(async (tx): Promise<PeopleOutcome> => {
        await held(tx, id, by);
        await tx.$executeRaw`UPDATE member_invitations SET revoked_at = clock_timestamp()
          WHERE tenant_id = ${scope}::uuid AND id = ${id}::uuid`;
        await tell(tx, "member.uninvited", id, by);
        return DONE;
      }),

    setRole: ({ memberId, role }, by) =>
      change(async (tx): Promise<PeopleOutcome> => {
        const { member } = await mayChange(tx, memberId, by, role);
        if (member.role === role) return DONE;
        await tx.member.updateMany({ where: { tenantId: scope, id: memberId }, data: { role } });
        await tell(tx, "member.role_changed", memberId, by, { role, was: member.role });
        return DONE;
      }),

    setTier: ({ memberId, tier }, by) =>
      change(async (tx): Promise<PeopleOutcome> => {
        const found = await holdMember(tx, scope, memberId);
        if (!found) throw new Undone("not_found");
        const { tier: was } = await tx.member.findFirstOrThrow({ where: { tenantId: scope, id: memberId } });
        if (was === tier) return DONE;
        await tx.member.updateMany({ where: { tenantId: scope, id: memberId }, data: { tier } });
        await tell(tx, "member.tier_changed", memberId, by, { tier, was });
        return DONE;
      }),

    remove: (id, by) =>
      change(async (tx): Promise<PeopleOutcome> => {
        await mayChange(tx, id, by, null);
        const refusal = await leave(tx, { tenantId: scope, id, by: by.memberId });
        if (refusal) throw new Undone(refusal);
        await tell(tx, "member.removed", id, by);
        return DONE;
      }),
  };

  async function mayChange(tx: Tx, id: MemberId, by: Acting, becomes: Role | null) {
    const found = await holdMember(tx, scope, id);
    if (!found) throw new Undone("not_found");
    const refusal = roleRefusal({ by: by.role, was: found.member.role, becomes, admins: found.admins });
    if (refusal) throw new Undone(refusal);
    return found;
  }

  /** An open invitation that somebody may take back or send again. It stays as it is until the transaction ends. */
  async function held(tx: Tx, id: InvitationId, by: Acting): Promise<{ role: Role }> {
    const [row] = await tx.$queryRaw<{ role: Role }[]>`SELECT role FROM member_invitations
      WHERE tenant_id = ${scope}::uuid AND id = ${id}::uuid AND accepted_at IS NULL AND revoked_at IS NULL FOR UPDATE`;
    if (!row) throw new Undone("not_found");
    if (!grantableBy(by.role).includes(row.role)) throw new Undone("may_not_touch");
    return row;
  }

  async function one(tx: Tx, id: string): Promise<MemberInvitation> {
    return shown(await tx.memberInvitation.findFirstOrThrow({ where: { tenantId: scope, id }, include: inviter }));
  }
}

interface InvitationRow {
  id: string;
  email: string;
  role: string;
  expiresAt: Date;
  inviter: { name: string };
}

const shown = ({ id, email, role, expiresAt, inviter }: InvitationRow): MemberInvitation => ({
  id: id as InvitationId,
  email,
  role: role as Role,
  invitedBy: inviter.name,
  expiresAt: expiresAt.toISOString(),
});
