import { randomUUID } from "node:crypto";
import type { MemberId, OpeningHours, PlaceId, PlaceOutcome, RefusedGuest } from "@tessera/contracts";
import type { NewLabel, Places } from "@tessera/domain/guests/places";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { InTenant } from "../tenant.ts";
import { placeOf, SHOWN_PLACE } from "./place-rows.ts";
import { endVisits } from "./visits.ts";

const MOST_LISTED = 5_000;

const no = (because: RefusedGuest["because"]): RefusedGuest => ({ kind: "refused", because });

/**
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each change, so that its news can leave.
 */
export function placesOf(scope: TenantScope, tenant: InTenant, onChange: () => void): Places {
  async function change<T extends { kind: "done" } | RefusedGuest>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const outcome = await tenant(work);
    if (outcome.kind === "done") onChange();
    return outcome;
  }

  /** The place is held, so that two changes at once come one after the other. */
  async function held(tx: Tx, id: PlaceId) {
    await tx.$queryRaw`SELECT 1 AS held FROM places
      WHERE tenant_id = ${scope}::uuid AND id = ${id}::uuid FOR NO KEY UPDATE`;
    return tx.place.findFirst({ where: { tenantId: scope, id, retiredAt: null } });
  }

  const tell = (tx: Tx, type: string, entityId: string, actorId: MemberId, payload: object = {}) =>
    tx.outbox.create({ data: { tenantId: scope, type, entityId, entityVersion: 0, actorId, payload } });

  const hang = (tx: Tx, placeId: string, label: NewLabel) =>
    tx.placeLabel.createMany({ data: [{ tenantId: scope, placeId, ...label }] });

  const takeDown = (tx: Tx, placeId: string) =>
    tx.placeLabel.updateMany({ where: { tenantId: scope, placeId, retiredAt: null }, data: { retiredAt: new Date() } });

  async function done(tx: Tx, id: string): Promise<PlaceOutcome> {
    const which = { tenantId_id: { tenantId: scope, id } };
    const row = await tx.place.findUniqueOrThrow({ where: which, include: SHOWN_PLACE });
    return { kind: "done", place: placeOf(row) };
  }

  async function saved(
    id: PlaceId,
    by: MemberId,
    data: { name: string } | { hours: OpeningHours | null },
  ): Promise<PlaceOutcome> {
    return change(async (tx) => {
      const place = await held(tx, id);
      if (!place) return no("not_found");
      const stored = "hours" in data ? { hours: storedHours(data.hours) } : data;
      await tx.place.updateMany({ where: { tenantId: scope, id }, data: stored });
      await tell(tx, "place.changed", id, by, { name: "name" in data ? data.name : place.name });
      return done(tx, id);
    });
  }

  return {
    list: () =>
      tenant(async (tx) => {
        const rows = await tx.place.findMany({
          where: { tenantId: scope, retiredAt: null },
          orderBy: [{ name: "asc" }, { id: "asc" }],
          take: MOST_LISTED,
          include: SHOWN_PLACE,
        });
        return rows.map(placeOf);
      }),

    create: ({ parentId, kind, name, hours }, label, by) =>
      change(async (tx) => {
        const zone = parentId ? await held(tx, parentId) : null;
        if (parentId && zone?.kind !== "zone") return no("no_zone");
        const id = randomUUID();
        await tx.place.createMany({
          data: [{ tenantId: scope, id, parentId, kind, name, hours: storedHours(hours) }],
        });
        if (kind !== "zone") await hang(tx, id, label);
        await tell(tx, "place.created", id, by, { name });
        return done(tx, id);
      }),

    rename: ({ placeId, name }, by) => saved(placeId, by, { name }),
    setHours: ({ placeId, hours }, by) => saved(placeId, by, { hours }),

    retire: ({ placeId }, by) =>
      change(async (tx) => {
        if (!(await held(tx, placeId))) return no("not_found");
        const within = await tx.place.count({ where: { tenantId: scope, parentId: placeId, retiredAt: null } });
        if (within > 0) return no("has_places");
        await takeDown(tx, placeId);
        await tx.place.updateMany({ where: { tenantId: scope, id: placeId }, data: { retiredAt: new Date() } });
        await endVisits(tx, { tenantId: scope, placeId }, by);
        await tell(tx, "place.retired", placeId, by);
        return { kind: "done" as const };
      }),

    relabel: ({ placeId }, label, by) =>
      change(async (tx) => {
        const place = await held(tx, placeId);
        if (!place) return no("not_found");
        if (place.kind === "zone") return no("has_no_label");
        await takeDown(tx, placeId);
        await hang(tx, placeId, label);
        await tell(tx, "place.relabelled", placeId, by);
        return done(tx, placeId);
      }),
  };
}

const storedHours = (hours: OpeningHours | null) =>
  hours ? hours.map(({ days, from, to }) => ({ days, from, to })) : Prisma.DbNull;
