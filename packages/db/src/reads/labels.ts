import type {
  LabelBatch,
  LabelBatchId,
  LabelEnd,
  LabelId,
  LabelQuery,
  LabelStep,
  ResourceId,
  ThingLabel,
} from "@tessera/contracts";
import { type Labels, labelName } from "@tessera/domain/labels/labels";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { InTenant } from "../tenant.ts";

const PAGE = 50;
const MOST_BATCHES = 200;
const MOST_STEPS = 100;

/** What belongs to a label when it is shown. */
export const withThing = { resource: { select: { id: true, name: true, retiredAt: true } } } as const;
const withMaker = { maker: { select: { name: true } } } as const;
const STEPS: readonly LabelStep["type"][] = ["label.claimed", "label.relinked", "label.retired", "label.dead_scan"];

/** @returns The labels of one tenant, to read. */
export function labelsIn(scope: TenantScope, tenant: InTenant): Pick<Labels, "batches" | "page" | "printed" | "story"> {
  return {
    batches: () =>
      tenant(async (tx) => {
        const newest = { orderBy: { number: "desc" }, take: MOST_BATCHES } as const;
        const rows = await tx.labelBatch.findMany({ where: { tenantId: scope }, ...newest, include: withMaker });
        return rows.map(batchOf);
      }),

    page: (query) =>
      tenant(async (tx) => {
        const rows = await tx.thingLabel.findMany({
          where: { tenantId: scope, ...asked(query) },
          orderBy: { serial: "desc" },
          take: PAGE + 1,
          include: withThing,
        });
        const alarms = await tx.thingLabel.count({ where: { tenantId: scope, deadScans: { gt: 0 } } });
        const shown = rows.slice(0, PAGE);
        return {
          labels: shown.map(labelOf),
          alarms,
          next: rows.length > PAGE ? (shown.at(-1)?.serial ?? null) : null,
        };
      }),

    printed: (batchId) =>
      tenant(async (tx) => {
        const rows = await tx.thingLabel.findMany({
          where: { tenantId: scope, batchId },
          orderBy: { serial: "asc" },
          select: { key: true, serial: true },
        });
        return rows.map(({ key, serial }) => ({ key, name: labelName(serial) }));
      }),

    story: (id) =>
      tenant(async (tx) => {
        const rows = await tx.journalEntry.findMany({
          where: { tenantId: scope, entityId: id, type: { in: [...STEPS] } },
          orderBy: { seq: "desc" },
          take: MOST_STEPS,
        });
        const thingIn = (payload: unknown) => (payload as { resourceId?: string }).resourceId;
        const things = await tx.resource.findMany({
          where: { tenantId: scope, id: { in: rows.flatMap(({ payload }) => thingIn(payload) ?? []) } },
          select: { id: true, name: true },
        });
        const people = await tx.member.findMany({
          where: { tenantId: scope, id: { in: rows.flatMap(({ actorId }) => actorId ?? []) } },
          select: { id: true, name: true },
        });
        const nameOf = new Map([...things, ...people].map(({ id: one, name }) => [one, name]));
        return rows.map(
          ({ at, type, actorId, payload }): LabelStep => ({
            at: at.toISOString(),
            type: type as LabelStep["type"],
            by: nameOf.get(actorId ?? "") ?? null,
            resource: nameOf.get(thingIn(payload) ?? "") ?? null,
          }),
        );
      }),
  };
}

function asked({ state, batchId, resourceId, after }: LabelQuery) {
  const states = {
    unbound: { resourceId: null, endedAt: null },
    bound: { resourceId: { not: null }, endedAt: null },
    ended: { endedAt: { not: null } },
    alarm: { deadScans: { gt: 0 } },
  } as const;
  return {
    AND: [
      state ? states[state] : {},
      batchId ? { batchId } : {},
      resourceId ? { resourceId } : {},
      after ? { serial: { lt: after } } : {},
    ],
  };
}

interface BatchRow {
  id: string;
  number: number;
  count: number;
  madeAt: Date;
  maker: { name: string };
}

/** @returns A batch as it is shown. */
export const batchOf = ({ id, number, count, madeAt, maker }: BatchRow): LabelBatch => ({
  id: id as LabelBatchId,
  number,
  count,
  madeAt: madeAt.toISOString(),
  madeBy: maker.name,
});

interface LabelRow {
  id: string;
  key: string;
  serial: number;
  batchId: string;
  resource: { id: string; name: string } | null;
  endedBecause: string | null;
  deadScans: number;
  deadScannedAt: Date | null;
}

/** @returns A label as staff see it. */
export const labelOf = (row: LabelRow): ThingLabel => ({
  id: row.id as LabelId,
  key: row.key,
  name: labelName(row.serial),
  batchId: row.batchId as LabelBatchId,
  state: row.endedBecause ? "ended" : row.resource ? "bound" : "unbound",
  resource: row.resource && { id: row.resource.id as ResourceId, name: row.resource.name },
  endedBecause: row.endedBecause as LabelEnd | null,
  deadScans: row.deadScans,
  deadScannedAt: row.deadScannedAt?.toISOString() ?? null,
});
