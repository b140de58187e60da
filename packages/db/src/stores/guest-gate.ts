import type { GuestId, GuestPlace, OpeningHours, PlaceId, TenantId, VisitId } from "@tessera/contracts";
import type { GuestGate } from "@tessera/domain/guests/places";
import { shownSigns } from "@tessera/domain/guests/signs";
import { type Database, inRole, type Tx } from "../database.ts";
import { failureOf } from "../failure.ts";

/**
 * What guests ask before there is a tenant.
 *
 * @param database Where.
 */
export function guestGateOf(database: Database): GuestGate {
  return {
    async label(key) {
      const statement = { name: "label_at", text: "SELECT * FROM label_at($1)", values: [key] };
      const { rows } = await database.hot.query<LabelRow>(statement).catch((error) => {
        throw failureOf(error);
      });
      const [row] = rows;
      if (!row) return null;
      const { tenant_id: id, tenant: name, time_zone: timeZone, place_id, place, signs, hours, is_retired } = row;
      return {
        tenant: { id, name, timeZone },
        place: { id: place_id, name: place },
        signs,
        hours,
        isRetired: is_retired,
      };
    },

    resumeGuest: (tokenHash) =>
      inRole(database, "tessera_gate", async (tx) => {
        const which = { tokenHash: Buffer.from(tokenHash) };
        const session = await tx.guestSession.findUnique({ where: which, include: AROUND });
        if (!session) return { kind: "over", because: "unknown_label" };
        if (session.visit.endedAt) return { kind: "over", because: "visit_ended" };
        if (session.endedAt) return { kind: "over", because: "left" };
        await tx.guestSession.updateMany({ where: which, data: { lastSeenAt: new Date() } });
        return { kind: "here", guest: await placeIn(tx, session) };
      }),
  };
}

const AROUND = { tenant: { select: { name: true } }, visit: { include: { place: true } } } as const;

interface SessionRow {
  tenantId: string;
  id: string;
  placeId: string;
  language: string;
  tenant: { name: string };
  visit: { id: string; openedAt: Date; place: { name: string } };
}

async function placeIn(tx: Tx, { tenantId, id, placeId, language, tenant, visit }: SessionRow): Promise<GuestPlace> {
  const label = await tx.placeLabel.findFirst({ where: { tenantId, placeId, retiredAt: null } });
  return {
    guestId: id as GuestId,
    tenant: tenant.name,
    place: { id: placeId as PlaceId, name: visit.place.name },
    signs: shownSigns(label?.signs ?? []),
    visit: { id: visit.id as VisitId, openedAt: visit.openedAt.toISOString() },
    language,
  };
}

interface LabelRow {
  tenant_id: TenantId;
  tenant: string;
  time_zone: string;
  place_id: PlaceId;
  place: string;
  signs: string[];
  hours: OpeningHours | null;
  is_retired: boolean;
}
