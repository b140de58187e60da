import { randomUUID } from "node:crypto";
import type { MemberId, ResourceId, ThingOutcome } from "@tessera/contracts";
import type { Things } from "@tessera/domain/lending/things";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import { thingsIn } from "../reads/things.ts";
import type { InTenant } from "../tenant.ts";

const GONE = { kind: "refused", because: "not_found" } as const;

/**
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each change, so that its news can leave.
 */
export function thingsOf(scope: TenantScope, tenant: InTenant, onChange: () => void): Things {
  async function change(work: (tx: Tx) => Promise<ThingOutcome>): Promise<ThingOutcome> {
    const outcome = await tenant(work);
    if (outcome.kind === "done") onChange();
    return outcome;
  }

  const tell = (tx: Tx, type: string, by: MemberId, about: { id: string; version: bigint; payload: object }) =>
    tx.outbox.create({
      data: {
        tenantId: scope,
        type,
        entityId: about.id,
        entityVersion: about.version,
        actorId: by,
        payload: about.payload,
      },
    });

  return {
    ...thingsIn(scope, tenant),

    create: (words, by) =>
      change(async (tx) => {
        const resourceId = randomUUID() as ResourceId;
        await tx.resource.createMany({ data: [{ tenantId: scope, id: resourceId, ...words }] });
        await tell(tx, "resource.created", by, { id: resourceId, version: 0n, payload: { name: words.name } });
        return { kind: "done", resourceId };
      }),

    change: ({ resourceId, name, kind, place, description, loanMinutes }, by) =>
      change(async (tx) => {
        const [changed] = await tx.$queryRaw<{ version: bigint }[]>`UPDATE resources
          SET name = ${name}, kind = ${kind}, place = ${place}, description = ${description},
              loan_minutes = ${loanMinutes}, version = version + 1
          WHERE tenant_id = ${scope}::uuid AND id = ${resourceId}::uuid RETURNING version`;
        if (!changed) return GONE;
        const payload = { name, kind, place, description, loanMinutes };
        await tell(tx, "resource.changed", by, { id: resourceId, version: changed.version, payload });
        return { kind: "done", resourceId };
      }),

    retire: ({ resourceId, because }, by) =>
      change(async (tx) => {
        const [row] = await tx.$queryRaw<RetireRow[]>`
          SELECT * FROM retire_resource(${scope}::uuid, ${resourceId}::uuid, ${by}::uuid, ${because})`;
        if (row?.outcome === "done") return { kind: "done", resourceId };
        if (row?.outcome !== "still_out") return GONE;
        return { kind: "refused", because: "still_out", holder: row.holder, dueAt: row.due_at.toISOString() };
      }),

    bringBack: (id, by) =>
      change(async (tx) => {
        const [back] = await tx.$queryRaw<{ version: bigint; name: string }[]>`UPDATE resources
          SET retired_at = NULL, version = version + 1
          WHERE tenant_id = ${scope}::uuid AND id = ${id}::uuid AND retired_at IS NOT NULL RETURNING version, name`;
        if (back) {
          await tell(tx, "resource.brought_back", by, { id, version: back.version, payload: { name: back.name } });
          return { kind: "done", resourceId: id };
        }
        const isThere = await tx.resource.count({ where: { tenantId: scope, id } });
        return isThere ? { kind: "refused", because: "not_retired" } : GONE;
      }),

    async add(things, by) {
      await tenant(async (tx) => {
        await tx.resource.createMany({ data: things.map((words) => ({ tenantId: scope, ...words })) });
        const payload = { count: things.length };
        await tell(tx, "resources.imported", by, { id: scope, version: 0n, payload });
      });
      onChange();
      return things.length;
    },
  };
}

type RetireRow =
  | { outcome: "done" | "not_found"; holder: null; due_at: null }
  | { outcome: "still_out"; holder: string; due_at: Date };
