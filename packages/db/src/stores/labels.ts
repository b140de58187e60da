import { randomUUID } from "node:crypto";
import type { LabelOutcome, LabelRefusal, MemberId, ResourceId } from "@tessera/contracts";
import { ALARM_REST_MS, deadBecause, type Labels, serialOf } from "@tessera/domain/labels/labels";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import { batchOf, labelOf, labelsIn, withThing } from "../reads/labels.ts";
import { resourcesOf } from "../reads/resources.ts";
import type { InTenant } from "../tenant.ts";
import { isInUse } from "./thing-in-use.ts";

const refused = (because: LabelRefusal): LabelOutcome => ({ kind: "refused", because });

/** Drawing batches waits for its turn: the next one's number is the last one's and one. */
const BATCHES = 7_321_006;

/**
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each change, so that its news can leave.
 */
export function labelsOf(scope: TenantScope, tenant: InTenant, onChange: () => void): Labels {
  async function change(work: (tx: Tx) => Promise<LabelOutcome>): Promise<LabelOutcome> {
    const outcome = await tenant(work);
    if (outcome.kind === "done") onChange();
    return outcome;
  }

  const tell = (tx: Tx, type: string, entityId: string, by: string | null, payload: object) =>
    tx.outbox.create({ data: { tenantId: scope, type, entityId, entityVersion: 0, actorId: by, payload } });

  /** The label, held until the transaction ends, so that of two who change it the second sees what the first did. */
  async function held(tx: Tx, which: { id: string } | { key: string }) {
    const [name, value] = "id" in which ? (["id", which.id] as const) : (["key", which.key] as const);
    const rows =
      name === "id"
        ? await tx.$queryRaw<{ id: string }[]>`SELECT id FROM thing_labels
            WHERE tenant_id = ${scope}::uuid AND id = ${value}::uuid FOR NO KEY UPDATE`
        : await tx.$queryRaw<{ id: string }[]>`SELECT id FROM thing_labels
            WHERE tenant_id = ${scope}::uuid AND key = ${value} FOR NO KEY UPDATE`;
    const [row] = rows;
    return row ? shown(tx, row.id) : null;
  }

  const shown = (tx: Tx, id: string) =>
    tx.thingLabel.findUniqueOrThrow({ where: { tenantId_id: { tenantId: scope, id } }, include: withThing });

  const update = (tx: Tx, where: { id: string } | { resourceId: string; endedAt: null }, data: object) =>
    tx.thingLabel.updateMany({ where: { tenantId: scope, ...where }, data });

  async function leadTo(tx: Tx, id: string, resourceId: ResourceId): Promise<LabelOutcome> {
    await update(tx, { id }, { resourceId, boundAt: new Date(), deadScans: 0, deadScannedAt: null });
    return { kind: "done", label: labelOf(await shown(tx, id)) };
  }

  async function replaceAll(tx: Tx, resourceId: ResourceId, by: MemberId): Promise<void> {
    const before = await tx.thingLabel.findMany({ where: { tenantId: scope, resourceId, endedAt: null } });
    for (const { id } of before) {
      await update(tx, { id }, { endedAt: new Date(), endedBecause: "replaced" });
      await tell(tx, "label.retired", id, by, { because: "replaced", resourceId });
    }
  }

  return {
    ...labelsIn(scope, tenant),

    async makeBatch(keys, by) {
      const batch = await tenant(async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(${BATCHES}::int, hashtext(${scope}))`;
        const last = await tx.labelBatch.aggregate({ where: { tenantId: scope }, _max: { number: true } });
        const number = (last._max.number ?? 0) + 1;
        const id = randomUUID();
        await tx.labelBatch.createMany({ data: [{ tenantId: scope, id, number, count: keys.length, madeBy: by }] });
        await tx.thingLabel.createMany({
          data: keys.map((key, index) => ({ tenantId: scope, key, batchId: id, serial: serialOf(number, index + 1) })),
        });
        await tell(tx, "label.batch_made", id, by, { batch: number, count: keys.length });
        const include = { maker: { select: { name: true } } };
        return batchOf(
          await tx.labelBatch.findUniqueOrThrow({ where: { tenantId_id: { tenantId: scope, id } }, include }),
        );
      });
      onChange();
      return batch;
    },

    claim: ({ key, resourceId, replaces }, by) =>
      change(async (tx) => {
        const label = await held(tx, { key });
        if (!label) return refused("not_found");
        if (label.endedAt) return refused("ended");
        if (label.resourceId) return refused("already_bound");
        if (!(await isInUse(tx, scope, resourceId))) return refused("no_thing");
        if (replaces) await replaceAll(tx, resourceId, by);
        await tell(tx, "label.claimed", label.id, by, { resourceId });
        return leadTo(tx, label.id, resourceId);
      }),

    relink: ({ labelId, resourceId }, by) =>
      change(async (tx) => {
        const label = await held(tx, { id: labelId });
        if (!label) return refused("not_found");
        if (label.endedAt) return refused("ended");
        if (!label.resourceId) return refused("not_bound");
        if (!(await isInUse(tx, scope, resourceId))) return refused("no_thing");
        if (label.resourceId === resourceId) return { kind: "done", label: labelOf(label) };
        await tell(tx, "label.relinked", labelId, by, { resourceId, was: label.resourceId });
        return leadTo(tx, labelId, resourceId);
      }),

    retire: (id, by) =>
      change(async (tx) => {
        const label = await held(tx, { id });
        if (!label) return refused("not_found");
        if (label.endedAt) return refused("ended");
        await update(tx, { id }, { endedAt: new Date(), endedBecause: "retired", deadScans: 0, deadScannedAt: null });
        await tell(tx, "label.retired", id, by, { because: "retired", resourceId: label.resourceId });
        return { kind: "done", label: labelOf(await shown(tx, id)) };
      }),

    async resolve(key, who) {
      const found = await tenant((tx) =>
        tx.thingLabel.findUnique({ where: { tenantId_key: { tenantId: scope, key } }, include: withThing }),
      );
      if (!found) return { kind: "unknown" };
      const isOfUse = found.resource !== null && found.resource.retiredAt === null;
      const because = deadBecause({ ...labelOf(found), resourceId: found.resourceId, isInUse: isOfUse });
      if (because === "unbound" && who.isStaff) return { kind: "unbound", label: labelOf(found) };
      const resource = because === null ? await resourcesOf(scope, tenant).get(found.resourceId as ResourceId) : null;
      if (resource) return { kind: "thing", resource };

      const reason = because ?? "thing_retired"; // retired since we looked
      const isToBeTold = await tenant(async (tx) => {
        const [{ scans, tells } = { scans: 0, tells: false }] = await tx.$queryRaw<{ scans: number; tells: boolean }[]>`
          WITH before AS (SELECT dead_scanned_at FROM thing_labels
            WHERE tenant_id = ${scope}::uuid AND id = ${found.id}::uuid FOR NO KEY UPDATE)
          UPDATE thing_labels l SET dead_scans = dead_scans + 1, dead_scanned_at = clock_timestamp() FROM before
          WHERE l.tenant_id = ${scope}::uuid AND l.id = ${found.id}::uuid
          RETURNING l.dead_scans AS scans, coalesce(
            before.dead_scanned_at < clock_timestamp() - make_interval(secs => ${ALARM_REST_MS / 1_000}), true) AS tells`;
        if (tells) await tell(tx, "label.dead_scan", found.id, who.id, { because: reason, scans });
        return tells;
      });
      if (isToBeTold) onChange();
      return { kind: "dead", because: reason };
    },
  };
}
