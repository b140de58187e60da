import type { MemberId, PeopleRefusal } from "@tessera/contracts";
import { isLastAdmin } from "@tessera/domain/people/rules";
import type { Tx } from "../database.ts";

/** One member, as they are held until the transaction ends. */
export interface HeldMember {
  id: MemberId;
  role: "member" | "staff" | "admin" | "operator";
}

/**
 * Holds a member, and every administrator, until the transaction ends: of two who want to be the last to leave, the second
 * waits and sees what the first has done.
 *
 * @returns The member and the number of administrators; null when there is no such member, or no more.
 */
export async function holdMember(
  tx: Tx,
  tenantId: string,
  id: MemberId,
): Promise<{ member: HeldMember; admins: number } | null> {
  const held = await tx.$queryRaw<HeldMember[]>`SELECT id, role FROM members
    WHERE tenant_id = ${tenantId}::uuid AND left_at IS NULL AND (id = ${id}::uuid OR role = 'admin')
    ORDER BY id FOR UPDATE`;
  const member = held.find((one) => one.id === id);
  return member ? { member, admins: held.filter(({ role }) => role === "admin").length } : null;
}

/**
 * Takes somebody out of their tenant: cancels their unused codes, ends the membership, and whatever they wait for or had reserved. The caller writes the news, and
 * throws the reason to undo what was done.
 *
 * @param tx In the role of the product, in the tenant.
 * @param leaving Who, and by whom; null: by themselves.
 * @returns Why they cannot leave, or null when they have left.
 */
export async function leave(
  tx: Tx,
  { tenantId, id, by }: { tenantId: string; id: MemberId; by: MemberId },
): Promise<PeopleRefusal | null> {
  // First the codes: a scan under way holds its code, so after this the loan it makes is seen.
  await tx.$executeRaw`UPDATE qr_codes SET invalidated_at = clock_timestamp(), invalidated_by = ${by}::uuid
    WHERE tenant_id = ${tenantId}::uuid AND holder_id = ${id}::uuid AND invalidated_at IS NULL AND uses < max_uses
      AND expires_at > clock_timestamp()`;
  const out = await tx.checkout.count({ where: { tenantId, holderId: id, returnedAt: null, undoneAt: null } });
  if (out > 0) return "still_out";
  await tx.$executeRaw`UPDATE members SET left_at = clock_timestamp(), role = 'member'
    WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
  await tx.$queryRaw`SELECT true AS ended FROM (SELECT end_claims_of(${tenantId}::uuid, ${id}::uuid, clock_timestamp())) c`;
  return null;
}

/** A "no" that undoes the transaction it was found in. */
export class Undone extends Error {
  readonly because: PeopleRefusal;
  constructor(because: PeopleRefusal) {
    super(`undone: ${because}`);
    this.because = because;
  }
}

/** @returns What the work gave, or the refusal it threw. */
export const refusedOr = <T>(work: Promise<T>): Promise<T | { kind: "refused"; because: PeopleRefusal }> =>
  work.catch((error) => {
    if (error instanceof Undone) return { kind: "refused" as const, because: error.because };
    throw error;
  });

/** @returns Why a member may not leave of their own will, or null. */
export const leaverRefusal = ({ member, admins }: { member: HeldMember; admins: number }): PeopleRefusal | null =>
  isLastAdmin({ was: member.role, becomes: null, admins }) ? "last_admin" : null;
