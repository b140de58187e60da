import type { PersonalData } from "@tessera/contracts";
import type { AsRole, Tx } from "../database.ts";

/** A journal longer than this is told from its newest entries. */
const MOST_ENTRIES = 10_000;

/**
 * @param as Gives each role its turn.
 * @param userId Who.
 * @param at The moment it is made.
 * @returns Everything that is written down about a person. No secret: neither passwords nor tokens nor what codes are made of.
 */
export async function personalDataOf(as: AsRole, userId: string, at: Date): Promise<PersonalData> {
  const account = await as("tessera_auth", (tx) =>
    tx.user.findUniqueOrThrow({
      where: { id: userId },
      include: {
        sessions: { omit: { token: true, userId: true } },
        passkeys: { omit: { publicKey: true, userId: true } },
      },
    }),
  );
  const { sessions, passkeys, ...self } = account;
  const members = await as("tessera_gate", (tx) =>
    tx.member.findMany({ where: { userId }, include: { tenant: { select: { name: true } } } }),
  );
  const memberships: PersonalData["memberships"] = [];
  for (const { tenant, ...member } of members) {
    const known = await as("tessera_app", (tx) => knownIn(tx, member.tenantId, member.id), member.tenantId);
    memberships.push({ tenant: tenant.name, member: plain(member), ...known });
  }
  return {
    madeAt: at.toISOString(),
    account: plain(self),
    signIns: sessions.map(plain),
    passkeys: passkeys.map(plain),
    memberships,
  };
}

async function knownIn(tx: Tx, tenantId: string, memberId: string) {
  const mine = { where: { tenantId, holderId: memberId } };
  const named = { resource: { select: { name: true } } } as const;
  const loans = await tx.checkout.findMany({ ...mine, orderBy: { outAt: "asc" }, include: named });
  const codes = await tx.qrCode.findMany({
    ...mine,
    orderBy: { createdAt: "asc" },
    select: { id: true, purpose: true, ...named, createdAt: true, expiresAt: true, uses: true, invalidatedAt: true },
  });
  const reservations = await tx.reservation.findMany({ ...mine, orderBy: { madeAt: "asc" }, include: named });
  const queues = await tx.queuePlace.findMany({
    where: { tenantId, memberId },
    orderBy: { joinedAt: "asc" },
    include: named,
  });
  const journal = await tx.$queryRaw<Record<string, unknown>[]>`
    SELECT seq, type, entity_id AS "entityId", actor_id AS "actorId", at, payload FROM journal
     WHERE tenant_id = ${tenantId}::uuid
       AND (entity_id = ${memberId}::uuid OR actor_id = ${memberId}::uuid OR payload ->> 'holderId' = ${memberId})
     ORDER BY seq DESC LIMIT ${MOST_ENTRIES}`;
  return {
    loans: loans.map(plain),
    codes: codes.map(plain),
    reservations: reservations.map(plain),
    queues: queues.map(plain),
    journal: journal.reverse().map(plain),
  };
}

/** As JSON has it: moments as text, numbers as numbers. */
const plain = (row: object): Record<string, unknown> =>
  JSON.parse(JSON.stringify(row, (_name, value) => (typeof value === "bigint" ? Number(value) : value)));
