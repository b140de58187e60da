import type {
  CheckoutId,
  JoinQueueOutcome,
  LendingOutcome,
  LendingRefusal,
  MemberId,
  QueuePlace,
  ResourceId,
} from "@tessera/contracts";
import { termsOf } from "@tessera/domain/lending/loan-rules";
import type { WaitingQueue } from "@tessera/domain/lending/waiting-queue";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import type { InTenant } from "../tenant.ts";
import { settleClaims } from "./claims.ts";
import { factsIn } from "./loan-rules.ts";
import { isInUse } from "./thing-in-use.ts";

const MOST_TAKEN = 50;

/**
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each change, so that its news can leave.
 */
export function waitingQueueOf(scope: TenantScope, tenant: InTenant, onChange: () => void): WaitingQueue {
  const tell = (tx: Tx, type: string, id: string, version: number, resourceId: string, by: MemberId, as?: string) => {
    const payload = { resourceId, holderId: by, ...(as ? { as } : {}) };
    const news = { type, entityId: id, entityVersion: version, actorId: by, payload };
    return tx.outbox.create({ data: { tenantId: scope, ...news } });
  };

  return {
    of: (member) => tenant((tx) => placesIn(tx, scope, member, null)),

    async join(resourceId, member, now) {
      const outcome = await tenant(async (tx): Promise<JoinQueueOutcome> => {
        const refusal = await joinRefusal(tx, scope, resourceId, member, now);
        if (refusal) return { kind: "refused", refusal };
        const [row] = await tx.$queryRaw<{ id: string }[]>`
          INSERT INTO queue_places (tenant_id, resource_id, member_id) VALUES (${scope}::uuid, ${resourceId}::uuid, ${member}::uuid)
          ON CONFLICT (tenant_id, resource_id, member_id) WHERE ended_at IS NULL DO NOTHING RETURNING id`;
        if (row) await tell(tx, "queue.joined", row.id, 0, resourceId, member);
        await settleClaims(tx, scope, resourceId, now); // it may have come back meanwhile
        const [place] = await placesIn(tx, scope, member, resourceId);
        return place ? { kind: "waiting", place } : { kind: "refused", refusal: { reason: "is_yours" } };
      });
      if (outcome.kind === "waiting") onChange();
      return outcome;
    },

    async leave(resourceId, member, now) {
      const outcome = await tenant(async (tx): Promise<LendingOutcome> => {
        const [row] = await tx.$queryRaw<{ id: string }[]>`
          UPDATE queue_places SET ended_at = ${now}, ended_as = 'left'
           WHERE tenant_id = ${scope}::uuid AND resource_id = ${resourceId}::uuid AND member_id = ${member}::uuid
             AND ended_at IS NULL RETURNING id`;
        if (!row) return { kind: "refused", refusal: { reason: "not_waiting" } };
        await tell(tx, "queue.left", row.id, 1, resourceId, member, "left");
        await settleClaims(tx, scope, resourceId, now);
        return { kind: "done" };
      });
      if (outcome.kind === "done") onChange();
      return outcome;
    },

    line: (resourceId, member, now) =>
      tenant(async (tx) => {
        const facts = await factsIn(tx, scope, resourceId, { holderId: member });
        if (!facts) return null;
        const which = { tenantId: scope, resourceId };
        const waiting = await tx.queuePlace.count({ where: { ...which, endedAt: null } });
        const [place] = await placesIn(tx, scope, member, resourceId);
        const thing = await tx.resource.findFirstOrThrow({ where: { tenantId: scope, id: resourceId } });
        const taken = await tx.reservation.findMany({
          where: { ...which, endedAt: null, untilAt: { gt: now } },
          orderBy: { fromAt: "asc" },
          take: MOST_TAKEN,
        });
        const loan = await tx.checkout.findFirst({ where: { ...which, holderId: member, returnedAt: null } });
        const { claimedBy, claimedFrom, claimedUntil } = thing;
        const isKept = claimedBy !== member && claimedFrom && claimedFrom <= now && claimedUntil && claimedUntil > now;
        const { reservable, loanMinutes } = termsOf(facts);
        return {
          waiting,
          mine: place ? { place: place.place, heldUntil: place.heldUntil } : null,
          keptUntil: isKept ? claimedUntil.toISOString() : null,
          taken: taken.map(({ fromAt, untilAt, holderId }) => ({
            from: fromAt.toISOString(),
            until: untilAt.toISOString(),
            isMine: holderId === member,
          })),
          isReservable: reservable,
          loanMinutes,
          loanId: (loan?.id ?? null) as CheckoutId | null,
        };
      }),
  };
}

async function joinRefusal(
  tx: Tx,
  scope: TenantScope,
  resourceId: ResourceId,
  member: MemberId,
  now: Date,
): Promise<LendingRefusal | null> {
  if (!(await isInUse(tx, scope, resourceId))) return { reason: "not_found" };
  const thing = await tx.resource.findFirstOrThrow({
    where: { tenantId: scope, id: resourceId },
    include: { checkouts: { where: { returnedAt: null }, select: { holderId: true } } },
  });
  const [out] = thing.checkouts;
  if (out?.holderId === member) return { reason: "is_yours" };
  const isKept =
    thing.claimedBy !== null && thing.claimedBy !== member && thing.claimedUntil && thing.claimedUntil > now;
  const waits = await tx.queuePlace.count({ where: { tenantId: scope, resourceId, endedAt: null } });
  return out || isKept || waits > 0 ? null : { reason: "is_free" };
}

/** A member's places, or the one in the queue of a thing; those first that something is kept for. */
async function placesIn(
  tx: Tx,
  scope: TenantScope,
  member: MemberId,
  resourceId: ResourceId | null,
): Promise<QueuePlace[]> {
  const rows = await tx.$queryRaw<PlaceRow[]>`
    SELECT q.resource_id, r.name, q.held_until,
           (SELECT count(*)::int FROM queue_places w WHERE w.tenant_id = q.tenant_id AND w.resource_id = q.resource_id
               AND w.ended_at IS NULL AND (w.held_until IS NULL, w.joined_at, w.id) <= (q.held_until IS NULL, q.joined_at, q.id)) AS place
      FROM queue_places q JOIN resources r ON r.tenant_id = q.tenant_id AND r.id = q.resource_id
     WHERE q.tenant_id = ${scope}::uuid AND q.member_id = ${member}::uuid AND q.ended_at IS NULL
       AND (${resourceId}::uuid IS NULL OR q.resource_id = ${resourceId}::uuid)
     ORDER BY q.held_until, q.joined_at, q.id`;
  return rows.map(({ resource_id, name, held_until, place }) => ({
    resource: { id: resource_id, name },
    place,
    heldUntil: held_until?.toISOString() ?? null,
  }));
}

interface PlaceRow {
  resource_id: ResourceId;
  name: string;
  held_until: Date | null;
  place: number;
}
