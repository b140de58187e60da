import type { CheckoutId, TenantId } from "@tessera/contracts";
import { type LoanReminder, type ReminderStep, reminderFor } from "@tessera/domain/lending/reminders";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import { type Database, inRole, type Tx } from "../database.ts";
import { inTenant } from "../tenant.ts";

/** Of one tenant in one turn; the rest waits for the next. */
const MOST_IN_A_TURN = 500;

/**
 * The turn of the house: notes every letter that is due about a loan, once for ever.
 *
 * @param database Where.
 * @param now The moment.
 * @returns What was noted in this turn, to be sent. It is noted first: a process that ends in between loses a letter, and none is ever
 *   sent twice.
 */
export async function takeDueReminders(database: Database, now: Date): Promise<LoanReminder[]> {
  const tenants = await inRole(database, "tessera_operator", (tx) =>
    tx.tenant.findMany({ select: { id: true, name: true, timeZone: true } }),
  );
  const taken: LoanReminder[] = [];
  for (const { id, name, timeZone } of tenants) {
    const scope = id as TenantId as string as TenantScope;
    taken.push(...(await inTenant(database, scope)((tx) => takeIn(tx, scope, { name, timeZone }, now))));
  }
  return taken;
}

interface DueRow {
  id: CheckoutId;
  out_at: Date;
  due_at: Date;
  resource: string;
  name: string;
  email: string;
  sent: ReminderStep[];
}

async function takeIn(
  tx: Tx,
  scope: TenantScope,
  tenant: { name: string; timeZone: string },
  now: Date,
): Promise<LoanReminder[]> {
  const soon = new Date(now.getTime() + 2 * 86_400_000);
  const rows = await tx.$queryRaw<DueRow[]>`
    SELECT o.id, o.out_at, o.due_at, r.name AS resource, m.name, u.email, s.sent
      FROM checkouts o
      JOIN resources r ON r.tenant_id = o.tenant_id AND r.id = o.resource_id
      JOIN members m ON m.tenant_id = o.tenant_id AND m.id = o.holder_id
      JOIN users u ON u.id = m.user_id
      CROSS JOIN LATERAL (SELECT coalesce(array_agg(step), '{}') AS sent FROM loan_reminders
                           WHERE tenant_id = o.tenant_id AND checkout_id = o.id AND due_at = o.due_at) s
     WHERE o.tenant_id = ${scope}::uuid AND o.returned_at IS NULL AND o.due_at < ${soon} AND NOT 'overdue' = ANY (s.sent)
     ORDER BY o.due_at LIMIT ${MOST_IN_A_TURN}`;
  const taken: LoanReminder[] = [];
  for (const row of rows) {
    const step = reminderFor({ outAt: row.out_at, dueAt: row.due_at }, now, tenant.timeZone);
    if (!step || row.sent.includes(step)) continue;
    const noted = await tx.$executeRaw`INSERT INTO loan_reminders (tenant_id, checkout_id, step, due_at, sent_at)
      SELECT tenant_id, id, ${step}, due_at, ${now} FROM checkouts WHERE tenant_id = ${scope}::uuid AND id = ${row.id}::uuid
      ON CONFLICT DO NOTHING`;
    if (noted === 0) continue; // another process was first
    const { email: to, name, resource, due_at: dueAt } = row;
    taken.push({ to, name, tenant: tenant.name, resource, step, dueAt, timeZone: tenant.timeZone });
  }
  return taken;
}
