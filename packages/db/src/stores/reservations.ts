import type { LendingOutcome, Reservation, ReservationId, ReserveOutcome, ResourceId } from "@tessera/contracts";
import { type Reservations, reservationRefusal } from "@tessera/domain/lending/reservations";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import type { InTenant } from "../tenant.ts";
import { settleClaims } from "./claims.ts";
import { factsIn } from "./loan-rules.ts";
import { isInUse } from "./thing-in-use.ts";

const MOST_LISTED = 100;

/**
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each change, so that its news can leave.
 */
export function reservationsOf(scope: TenantScope, tenant: InTenant, onChange: () => void): Reservations {
  const open = { tenantId: scope, endedAt: null };

  return {
    of: (holderId) =>
      tenant(async (tx) => {
        const rows = await tx.reservation.findMany({
          where: { ...open, holderId },
          orderBy: [{ fromAt: "asc" }, { id: "asc" }],
          take: MOST_LISTED,
          include: named,
        });
        return rows.map(shown);
      }),

    async reserve({ resourceId, ...wish }, holderId, now) {
      const times = { from: new Date(wish.from), until: new Date(wish.until) };
      const outcome = await tenant(async (tx): Promise<ReserveOutcome> => {
        if (!(await isInUse(tx, scope, resourceId))) return { kind: "refused", refusal: { reason: "not_found" } };
        const facts = await factsIn(tx, scope, resourceId, { holderId });
        const reserved = await tx.reservation.count({ where: { ...open, holderId } });
        const refusal = reservationRefusal(facts, times, reserved, now);
        if (refusal) return { kind: "refused", refusal };

        await tx.$executeRaw`SAVEPOINT before_reserving`;
        // The constraint decides: whoever comes second waits for the first, and writes nothing.
        const [row] = await tx.$queryRaw<{ id: ReservationId }[]>`
          INSERT INTO reservations (tenant_id, resource_id, holder_id, from_at, until_at)
          VALUES (${scope}::uuid, ${resourceId}::uuid, ${holderId}::uuid, ${times.from}, ${times.until})
          ON CONFLICT DO NOTHING RETURNING id`;
        if (row) await settleClaims(tx, scope, resourceId, now); // holds the thing: no loan begins from here on
        const taken = await takenIn(tx, scope, resourceId, times, row?.id ?? null);
        if (taken || !row) {
          await tx.$executeRaw`ROLLBACK TO SAVEPOINT before_reserving`;
          return { kind: "refused", refusal: { reason: "slot_taken", evidence: taken ?? wish } };
        }
        const payload = { resourceId, holderId, from: wish.from, until: wish.until };
        const news = { type: "reservation.made", entityId: row.id, entityVersion: 0, actorId: holderId, payload };
        await tx.outbox.create({ data: { tenantId: scope, ...news } });
        return { kind: "reserved", reservation: await one(tx, row.id) };
      });
      if (outcome.kind === "reserved") onChange();
      return outcome;
    },

    async cancel(id, by) {
      const outcome = await tenant(async (tx): Promise<LendingOutcome> => {
        const found = await tx.reservation.findFirst({ where: { ...open, id } });
        if (!found) return { kind: "refused", refusal: { reason: "not_found" } };
        if (found.holderId !== by.memberId && !by.isStaff) return { kind: "refused", refusal: { reason: "not_yours" } };
        const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
        const { count } = await tx.reservation.updateMany({
          where: { ...open, id },
          data: { endedAt: now, endedAs: "cancelled" },
        });
        if (count === 0) return { kind: "refused", refusal: { reason: "not_found" } };
        const { resourceId, holderId } = found;
        const payload = { resourceId, holderId, as: "cancelled" };
        const news = { type: "reservation.ended", entityId: id, entityVersion: 1, actorId: by.memberId, payload };
        await tx.outbox.create({ data: { tenantId: scope, ...news } });
        await settleClaims(tx, scope, resourceId as ResourceId, now);
        return { kind: "done" };
      });
      if (outcome.kind === "done") onChange();
      return outcome;
    },
  };

  async function one(tx: Tx, id: string): Promise<Reservation> {
    return shown(await tx.reservation.findFirstOrThrow({ where: { tenantId: scope, id }, include: named }));
  }
}

/** What takes a time already: a loan that is due later than it begins, or another reservation. */
async function takenIn(
  tx: Tx,
  scope: TenantScope,
  resourceId: ResourceId,
  { from, until }: { from: Date; until: Date },
  except: ReservationId | null,
): Promise<{ from: string; until: string } | null> {
  const [row] = await tx.$queryRaw<{ from_at: Date; until_at: Date }[]>`
    SELECT out_at AS from_at, due_at AS until_at FROM checkouts
     WHERE tenant_id = ${scope}::uuid AND resource_id = ${resourceId}::uuid AND returned_at IS NULL AND due_at > ${from}
    UNION ALL
    SELECT from_at, until_at FROM reservations
     WHERE tenant_id = ${scope}::uuid AND resource_id = ${resourceId}::uuid AND ended_at IS NULL
       AND id IS DISTINCT FROM ${except}::uuid AND from_at < ${until} AND until_at > ${from}
     ORDER BY 1 LIMIT 1`;
  return row ? { from: row.from_at.toISOString(), until: row.until_at.toISOString() } : null;
}

const named = { resource: { select: { id: true, name: true } } } as const;

interface ReservationRow {
  id: string;
  fromAt: Date;
  untilAt: Date;
  resource: { id: string; name: string };
}

const shown = ({ id, fromAt, untilAt, resource }: ReservationRow): Reservation => ({
  id: id as ReservationId,
  resource: { id: resource.id as ResourceId, name: resource.name },
  from: fromAt.toISOString(),
  until: untilAt.toISOString(),
});
