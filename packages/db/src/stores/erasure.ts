import type { MemberId, PeopleOutcome } from "@tessera/contracts";
import { type AsRole, type Database, inTurn, type Tx } from "../database.ts";
import { holdMember, leave, leaverRefusal, refusedOr, Undone } from "./leaving.ts";

/** What the record says of somebody who had their data erased. */
const NOBODY = "Former member";

/**
 * Deletes a person's account and takes their name from each membership, in one transaction. The journal keeps what happened
 * under an id that leads to nobody any more.
 *
 * @returns `refused` while something is checked out, or where a tenant would lose its last administrator.
 */
export function erasePerson(database: Database, userId: string): Promise<PeopleOutcome> {
  return refusedOr(
    inTurn(database, async (as): Promise<PeopleOutcome> => {
      const memberships = await as("tessera_gate", (tx) =>
        tx.member.findMany({ where: { userId }, orderBy: { tenantId: "asc" } }),
      );
      for (const { tenantId, id } of memberships) {
        await as("tessera_app", (tx) => takeName(tx, tenantId, id as MemberId), tenantId);
      }
      await as("tessera_operator", async (tx) => {
        for (const member of memberships) await takeFromAlerts(tx, member);
      });
      await forgetAccount(as, userId);
      return { kind: "done" };
    }),
  );
}

async function takeName(tx: Tx, tenantId: string, id: MemberId): Promise<void> {
  const held = await holdMember(tx, tenantId, id); // null: they had left before
  const refusal = held && (leaverRefusal(held) ?? (await leave(tx, { tenantId, id, by: id })));
  if (refusal) throw new Undone(refusal);
  await tx.member.updateMany({ where: { tenantId, id }, data: { name: NOBODY, userId: null } });
  await tx.outbox.create({
    data: { tenantId, type: "member.erased", entityId: id, entityVersion: 0, actorId: id, payload: {} },
  });
}

/** An alert says what its suspect was called, and where else a code was used, which may be at somebody's own screen. */
const takeFromAlerts = (tx: Tx, { tenantId, id, name }: { tenantId: string; id: string; name: string }) =>
  tx.$executeRaw`
    UPDATE security_alerts SET evidence = evidence
      || CASE WHEN subject_kind = 'member' AND subject_id = ${id} THEN '{"name": null}'::jsonb ELSE '{}'::jsonb END
      || jsonb_build_object('elsewhere', (evidence -> 'elsewhere') - ${name}::text)
     WHERE tenant_id = ${tenantId}::uuid
       AND ((subject_kind = 'member' AND subject_id = ${id}) OR jsonb_exists(evidence -> 'elsewhere', ${name}))`;

/** Sessions, passwords, passkeys and second factor go with the account; its e-mail goes from wherever it was written down. */
async function forgetAccount(as: AsRole, userId: string): Promise<void> {
  const email = await as("tessera_auth", async (tx) => {
    await tx.verification.deleteMany({ where: { value: { contains: userId } } });
    await tx.session.deleteMany({ where: { userId } }); // not by the cascade, which may not change roles as its trigger does
    const { email } = await tx.user.delete({ where: { id: userId }, select: { email: true } });
    return email;
  });
  await as("tessera_operator", async (tx) => {
    await tx.memberInvitation.deleteMany({ where: { email } });
    await tx.flagCohort.deleteMany({ where: { email } });
  });
}
