import { randomUUID } from "node:crypto";
import type { MakeRequest, OpeningHours, RequestOption, RequestOutcome } from "@tessera/contracts";
import { openState } from "@tessera/domain/guests/opening-hours";
import { type Chosen, chosen } from "@tessera/domain/guests/request-choices";
import type { AskingGuest } from "@tessera/domain/guests/requests";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import { requestOf, SHOWN_REQUEST } from "./request-rows.ts";
import { stepped } from "./request-steps.ts";

const MINUTE_MS = 60_000;

interface Making {
  guest: AskingGuest;
  wanted: MakeRequest;
  limit: number;
  at: Date;
}

/**
 * Makes a request, or asks for an open one once more.
 *
 * @param tx A transaction of the tenant.
 * @param scope Which tenant.
 */
export async function makeRequest(
  tx: Tx,
  scope: TenantScope,
  { guest, wanted, limit, at }: Making,
): Promise<RequestOutcome> {
  // Whoever asks in one visit waits for the others: two equal requests at once become one. Who ends the visit waits too.
  const going = await tx.$queryRaw<unknown[]>`SELECT 1 AS held FROM visits
    WHERE tenant_id = ${scope}::uuid AND id = ${guest.visitId}::uuid AND ended_at IS NULL FOR NO KEY UPDATE`;
  if (going.length === 0) return { kind: "refused", because: "visit_ended" };
  const kind = await tx.requestKind.findFirst({ where: { tenantId: scope, id: wanted.kindId } });
  if (!kind) return { kind: "refused", because: "not_found" };
  const { timeZone } = await tx.tenant.findUniqueOrThrow({ where: { id: scope }, select: { timeZone: true } });
  const open = openState(kind.hours as OpeningHours | null, at, timeZone);
  if (!open.isOpen) return { kind: "refused", because: "kind_closed", opensAt: open.opensAt?.toISOString() ?? null };
  const made = chosen({ ...kind, options: kind.options as unknown as RequestOption[] }, wanted);
  if (!made) return { kind: "refused", because: "unknown_choice" };

  const done = async (id: string, merged: boolean): Promise<RequestOutcome> => {
    const step = { id, act: merged ? ("again" as const) : ("make" as const), note: "", at };
    await stepped(tx, scope, { ...step, by: { guestId: guest.guestId } });
    const which = { tenantId_id: { tenantId: scope, id } };
    const row = await tx.request.findUniqueOrThrow({ where: which, include: SHOWN_REQUEST });
    return { kind: "done", request: requestOf(row, guest.guestId, at), merged };
  };

  const same = await sameOpen(tx, scope, { guest, kindId: kind.id, made, at });
  if (same) return done(same, true);
  const counted = await tx.$executeRaw`UPDATE guest_sessions SET requests = requests + 1
    WHERE tenant_id = ${scope}::uuid AND id = ${guest.guestId}::uuid AND ended_at IS NULL AND requests < ${limit}`;
  if (counted === 0) return { kind: "refused", because: "session_request_limit", limit };

  const id = randomUUID();
  const session = await tx.guestSession.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: scope, id: guest.guestId } },
  });
  const where = { placeId: session.placeId, visitId: guest.visitId, guestId: guest.guestId };
  const expiresAt = new Date(at.getTime() + kind.expireMinutes * MINUTE_MS);
  await tx.request.createMany({
    data: [{ tenantId: scope, id, kindId: kind.id, ...where, ...made, madeAt: at, expiresAt }],
  });
  return done(id, false);
}

/** Asks for an equal one that somebody still has to see to, once more. @returns Its id; null: there is none. */
async function sameOpen(
  tx: Tx,
  scope: TenantScope,
  { guest, kindId, made, at }: { guest: AskingGuest; kindId: string; made: Chosen; at: Date },
): Promise<string | null> {
  const [same] = await tx.$queryRaw<{ id: string }[]>`
    UPDATE requests SET times = times + 1, version = version + 1
     WHERE tenant_id = ${scope}::uuid AND id = (
       SELECT id FROM requests
        WHERE tenant_id = ${scope}::uuid AND visit_id = ${guest.visitId}::uuid AND kind_id = ${kindId}::uuid
          AND options = ${JSON.stringify(made.options)}::jsonb AND quantity = ${made.quantity} AND note = ${made.note}
          AND (state IN ('accepted', 'in_progress') OR state = 'received' AND expires_at > ${at})
        ORDER BY made_at LIMIT 1 FOR NO KEY UPDATE)
       AND state IN ('received', 'accepted', 'in_progress')
    RETURNING id::text`;
  return same?.id ?? null;
}
