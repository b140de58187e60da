import { randomUUID } from "node:crypto";
import type { JoinOutcome, Role } from "@tessera/contracts";
import type { Joiner, Joining } from "@tessera/domain/people/accounts";
import { type AsRole, type Database, inRole, inTurn, type Tx } from "../database.ts";
import { refusedOr, Undone } from "./leaving.ts";

/**
 * @param database Where.
 * @param onChange Called after somebody joined, so that the news can leave.
 */
export function openJoining(database: Database, onChange: () => void): Joining {
  return {
    invitation: (tokenHash) =>
      inRole(database, "tessera_gate", async (tx) => {
        const [row] = await tx.$queryRaw<{ email: string; role: Role; tenant: string; hasAccount: boolean }[]>`
          SELECT i.email, i.role, t.name AS tenant,
                 EXISTS (SELECT FROM users u WHERE u.email = i.email) AS "hasAccount"
            FROM member_invitations i JOIN tenants t ON t.id = i.tenant_id AND t.is_active
           WHERE i.token_hash = ${Buffer.from(tokenHash)} AND i.accepted_at IS NULL AND i.revoked_at IS NULL
             AND i.expires_at > clock_timestamp()`;
        return row ?? null;
      }),

    async join(tokenHash, joiner) {
      const outcome = await refusedOr(
        inTurn(database, async (as): Promise<JoinOutcome> => {
          const invitation = await as("tessera_gate", (tx) => take(tx, tokenHash));
          const person = await as("tessera_auth", (tx) => personOf(tx, invitation.email, joiner));
          const { tenant, slug } = await becomeMember(as, invitation, person);
          return { kind: "joined", tenant, slug, email: invitation.email };
        }),
      );
      if (outcome.kind === "joined") onChange();
      return outcome;
    },
  };
}

interface Taken {
  tenant_id: string;
  email: string;
  role: Role;
}

/** Of two that come with the same token, the second waits for the first and finds it taken. */
async function take(tx: Tx, tokenHash: Uint8Array): Promise<Taken> {
  const [taken] = await tx.$queryRaw<Taken[]>`UPDATE member_invitations i SET accepted_at = clock_timestamp()
      FROM tenants t WHERE t.id = i.tenant_id AND t.is_active AND i.token_hash = ${Buffer.from(tokenHash)}
       AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > clock_timestamp()
    RETURNING i.tenant_id, i.email, i.role`;
  if (!taken) throw new Undone("unknown_invitation");
  return taken;
}

/** The account of who was invited: the one they are signed in with, or a new one. The link has shown that the e-mail is theirs. */
async function personOf(tx: Tx, email: string, joiner: Joiner): Promise<{ id: string; name: string }> {
  const known = await tx.user.findUnique({ where: { email }, select: { id: true, name: true } });
  if (joiner.userId !== null) {
    if (known?.id !== joiner.userId) throw new Undone("other_account");
    return known;
  }
  if (known) throw new Undone("sign_in_first");
  const { name, passwordHash: password } = joiner;
  const id = randomUUID();
  await tx.user.create({ data: { id, name, email, emailVerified: true } });
  await tx.account.create({
    data: { id: randomUUID(), accountId: id, providerId: "credential", userId: id, password },
  });
  return { id, name };
}

/** Whoever was a member before is the same one again. */
async function becomeMember(as: AsRole, { tenant_id: tenantId, role }: Taken, person: { id: string; name: string }) {
  return as("tessera_gate", async (tx) => {
    const [member] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO members AS m (tenant_id, user_id, name, role) VALUES (${tenantId}::uuid, ${person.id}::uuid, ${person.name}, ${role})
      ON CONFLICT (tenant_id, user_id) DO UPDATE SET role = excluded.role, left_at = NULL, name = excluded.name
      WHERE m.left_at IS NOT NULL RETURNING id`;
    if (!member) throw new Undone("already_member");
    const news = {
      type: "member.joined",
      entityId: member.id,
      entityVersion: 0,
      actorId: member.id,
      payload: { role },
    };
    await tx.outbox.createMany({ data: [{ tenantId, ...news }] });
    const { name: tenant, slug } = await tx.tenant.findUniqueOrThrow({
      where: { id: tenantId },
      select: { name: true, slug: true },
    });
    return { tenant, slug };
  });
}
