import type { GuestId, MemberId, RequestAct, RequestState } from "@tessera/contracts";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import { ASKING } from "./request-rows.ts";

/** Who did something to a request. */
export type StepBy = { guestId: GuestId } | { memberId: MemberId };

/** One thing that was done to a request. */
export interface Step {
  id: string;
  act: RequestAct;
  by: StepBy;
  note: string;
  at: Date;
}

/**
 * Writes down that something was done to a request, and the news of it. The request's row is held, and as it is now.
 *
 * @param tx A transaction of the tenant.
 * @param scope Which tenant.
 */
export async function stepped(tx: Tx, scope: TenantScope, { id, act, by, note, at }: Step): Promise<void> {
  const steps = await tx.requestStep.findMany({
    where: { tenantId: scope, requestId: id },
    select: { act: true, guestId: true },
  });
  await tx.requestStep.createMany({
    data: [{ tenantId: scope, requestId: id, n: steps.length + 1, act, note, at, ...by }],
  });
  const asked = steps.flatMap((step) => (step.guestId && ASKING.some((one) => one === step.act) ? [step.guestId] : []));
  const own = "guestId" in by && ASKING.includes(act) ? [by.guestId] : [];
  const guestIds = [...new Set([...asked, ...own])];
  const sharing = await tx.guestSession.count({ where: { tenantId: scope, id: { in: guestIds }, shares: true } });
  const row = await tx.request.findUniqueOrThrow({ where: { tenantId_id: { tenantId: scope, id } } });
  const { placeId, visitId, version } = row;
  const payload = { act, state: row.state as RequestState, placeId, visitId, guestIds, isShared: sharing > 0 };
  await tx.outbox.create({
    data: {
      tenantId: scope,
      type: act === "make" ? "request.made" : "request.changed",
      entityId: id,
      entityVersion: version,
      actorId: "memberId" in by ? by.memberId : null,
      payload,
    },
  });
}
