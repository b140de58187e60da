import { randomUUID } from "node:crypto";
import type { GuestId, MemberId, PlaceId, RefusedGuest, Visit, VisitId, VisitOutcome } from "@tessera/contracts";
import type { Visits } from "@tessera/domain/guests/places";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import type { InTenant } from "../tenant.ts";

const MOST_LISTED = 500;

const no = (because: RefusedGuest["because"]): RefusedGuest => ({ kind: "refused", because });

/**
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each change, so that its news can leave.
 */
export function visitsOf(scope: TenantScope, tenant: InTenant, onChange: () => void): Visits {
  async function change<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const outcome = await tenant(work);
    onChange();
    return outcome;
  }

  /** Whoever opens, ends or enters a visit at a place waits for who does so there: of many who come first, one opens it. */
  async function heldPlace(tx: Tx, placeId: string) {
    await tx.$queryRaw`SELECT 1 AS held FROM places
      WHERE tenant_id = ${scope}::uuid AND id = ${placeId}::uuid FOR NO KEY UPDATE`;
    return tx.place.findFirst({ where: { tenantId: scope, id: placeId, retiredAt: null, kind: { not: "zone" } } });
  }

  async function current(tx: Tx, placeId: PlaceId, openedBy: MemberId | null) {
    const going = await tx.visit.findFirst({ where: { tenantId: scope, placeId, endedAt: null } });
    if (going) return { ...going, already: true };
    const id = randomUUID();
    await tx.visit.createMany({ data: [{ tenantId: scope, id, placeId, openedBy }] });
    return {
      ...(await tx.visit.findUniqueOrThrow({ where: { tenantId_id: { tenantId: scope, id } } })),
      already: false,
    };
  }

  async function done(tx: Tx, id: string, already: boolean): Promise<VisitOutcome> {
    const row = await tx.visit.findUniqueOrThrow({ where: { tenantId_id: { tenantId: scope, id } }, include: SHOWN });
    return { kind: "done", visit: shown(row), already };
  }

  return {
    list: () =>
      tenant(async (tx) => {
        const rows = await tx.visit.findMany({
          where: { tenantId: scope },
          orderBy: [{ endedAt: { sort: "desc", nulls: "first" } }, { openedAt: "desc" }],
          take: MOST_LISTED,
          include: SHOWN,
        });
        return rows.map(shown);
      }),

    open: (placeId, by) =>
      change(async (tx) => {
        if (!(await heldPlace(tx, placeId))) return no("not_found");
        const { id, already } = await current(tx, placeId, by);
        return done(tx, id, already);
      }),

    close: (visitId, by) =>
      change(async (tx) => {
        const visit = await tx.visit.findFirst({ where: { tenantId: scope, id: visitId } });
        if (!visit) return no("not_found");
        await heldPlace(tx, visit.placeId);
        const ended = await endVisits(tx, { tenantId: scope, id: visitId }, by);
        return done(tx, visitId, ended === 0);
      }),

    enter: (placeId, { tokenHash, language }) =>
      change(async (tx) => {
        if (!(await heldPlace(tx, placeId))) return no("retired_label");
        const { id, openedAt } = await current(tx, placeId, null);
        const guestId = randomUUID() as GuestId;
        const session = { tenantId: scope, id: guestId, placeId, visitId: id, language };
        await tx.guestSession.createMany({ data: [{ ...session, tokenHash: Buffer.from(tokenHash) }] });
        const news = { tenantId: scope, type: "guest.opened", entityId: guestId, entityVersion: 0 };
        await tx.outbox.create({ data: { ...news, payload: { placeId, visitId: id } } });
        return { guestId, visit: { id: id as VisitId, openedAt: openedAt.toISOString() } };
      }),

    async leave(guestId) {
      const { count } = await tenant((tx) =>
        tx.guestSession.updateMany({
          where: { tenantId: scope, id: guestId, endedAt: null },
          data: { endedAt: new Date() },
        }),
      );
      if (count > 0) onChange();
      return count > 0;
    },
  };
}

/**
 * Ends visits that go on, and every session in them. The places have to be held.
 *
 * @returns How many ended.
 */
export async function endVisits(
  tx: Tx,
  which: { tenantId: string; id: string } | { tenantId: string; placeId: string },
  endedBy: MemberId,
): Promise<number> {
  const going = await tx.visit.findMany({ where: { ...which, endedAt: null }, select: { id: true } });
  const { tenantId } = which;
  const ids = going.map(({ id }) => id);
  const endedAt = new Date();
  const { count } = await tx.visit.updateMany({ where: { tenantId, id: { in: ids } }, data: { endedAt, endedBy } });
  await tx.guestSession.updateMany({ where: { tenantId, visitId: { in: ids }, endedAt: null }, data: { endedAt } });
  return count;
}

const SHOWN = { place: { select: { name: true } }, _count: { select: { sessions: true } } } as const;

interface VisitRow {
  id: string;
  placeId: string;
  openedAt: Date;
  openedBy: string | null;
  endedAt: Date | null;
  place: { name: string };
  _count: { sessions: number };
}

const shown = ({ id, placeId, place, openedAt, openedBy, endedAt, _count }: VisitRow): Visit => ({
  id: id as VisitId,
  place: { id: placeId as PlaceId, name: place.name },
  openedAt: openedAt.toISOString(),
  openedBy: openedBy as MemberId | null,
  endedAt: endedAt?.toISOString() ?? null,
  guests: _count.sessions,
});
