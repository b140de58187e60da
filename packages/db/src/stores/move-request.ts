import type { RefusedRequest, RequestId, RequestOutcome, RequestState } from "@tessera/contracts";
import { judgeMove, stateAt } from "@tessera/domain/guests/request-moves";
import type { RequestMove } from "@tessera/domain/guests/requests";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import { factsOf, type RequestRow, requestOf, SHOWN_REQUEST } from "./request-rows.ts";
import { type StepBy, stepped } from "./request-steps.ts";

const MINUTE_MS = 60_000;

interface Moving {
  id: RequestId;
  move: RequestMove;
  by: StepBy;
  at: Date;
}

/**
 * Does something to a request. Its row is held, so that of two who do so at once the second is judged by what the first left.
 *
 * @param tx A transaction of the tenant.
 * @param scope Which tenant.
 */
export async function moveRequest(tx: Tx, scope: TenantScope, { id, move, by, at }: Moving): Promise<RequestOutcome> {
  await tx.$queryRaw`SELECT 1 AS held FROM requests
    WHERE tenant_id = ${scope}::uuid AND id = ${id}::uuid FOR NO KEY UPDATE`;
  const which = { tenantId_id: { tenantId: scope, id } };
  const row = await tx.request.findUnique({ where: which, include: SHOWN_REQUEST });
  if (!row) return { kind: "refused", because: "not_found" };
  const taken = takenByOther(row, move, by, at);
  if (taken) return taken;
  const verdict = judgeMove(factsOf(row), move.act, at);
  if ("refusal" in verdict) return { kind: "refused", ...verdict.refusal };

  const data = { state: verdict.to, version: { increment: 1 }, ...written(row, move, by, at) };
  await tx.request.updateMany({ where: { tenantId: scope, id }, data });
  await stepped(tx, scope, { id, act: move.act, by, note: noteOf(move), at });
  const now = await tx.request.findUniqueOrThrow({ where: which, include: SHOWN_REQUEST });
  return { kind: "done", request: requestOf(now, "guestId" in by ? by.guestId : null, at), merged: false };
}

interface Owned extends RequestRow {
  ownerId: string | null;
  acceptedAt: Date | null;
}

/** Who would take what a colleague has hears who that is. */
function takenByOther(row: Owned, { act }: RequestMove, by: StepBy, at: Date): RefusedRequest | null {
  if (act !== "accept" && act !== "start") return null;
  const isHeld = (["accepted", "in_progress"] as RequestState[]).includes(stateAt(factsOf(row), at));
  if (!isHeld || !row.owner || !row.acceptedAt || !("memberId" in by) || row.ownerId === by.memberId) return null;
  return { kind: "refused", because: "taken", by: row.owner.name, at: row.acceptedAt.toISOString() };
}

const noteOf = (move: RequestMove): string => {
  if (move.act === "note") return move.note;
  return move.act === "decline" ? move.because : "";
};

/** What an act writes beside the state. */
function written(
  row: Owned & { kind: { confirmMinutes: number; expireMinutes: number } },
  move: RequestMove,
  by: StepBy,
  at: Date,
) {
  const inMinutes = (minutes: number) => new Date(at.getTime() + minutes * MINUTE_MS);
  const ownerId = "memberId" in by ? by.memberId : null;
  switch (move.act) {
    case "accept":
      return { ownerId, acceptedAt: at };
    case "start":
      return { ownerId, acceptedAt: row.acceptedAt ?? at };
    case "finish":
      return { ownerId: row.ownerId ?? ownerId, doneAt: at, confirmBy: inMinutes(row.kind.confirmMinutes) };
    case "decline":
      return { because: move.because };
    case "rate":
      return { stars: move.stars, comment: move.comment };
    case "reopen":
      return {
        ownerId: null,
        acceptedAt: null,
        doneAt: null,
        confirmBy: null,
        expiresAt: inMinutes(row.kind.expireMinutes),
      };
    default:
      return {};
  }
}
