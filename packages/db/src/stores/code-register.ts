import type { CodeId, InvalidateOutcome } from "@tessera/contracts";
import type { CodeRegister, NewCode } from "@tessera/domain/redemption/issue-code";
import { refusalFor } from "@tessera/domain/redemption/rules";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Database } from "../database.ts";
import { failureOf, isOfRetired } from "../failure.ts";
import type { InTenant } from "../tenant.ts";

const ISSUE = {
  name: "issue_code",
  text: "SELECT * FROM issue_code($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
};

/**
 * @param database Where.
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after each change, so that its news can leave.
 */
export function codeRegister(
  { hot }: Database,
  scope: TenantScope,
  tenant: InTenant,
  onChange: () => void,
): CodeRegister {
  return {
    async issue(code) {
      const { lookup, offlineId, kind, purpose, resourceId, holderId, by, mask, maxUses, opensAt, expiresAt, deskId } =
        code;
      const hashes = [Buffer.from(lookup), Buffer.from(offlineId)];
      const about = [kind, purpose, resourceId, holderId, mask, maxUses, opensAt, expiresAt, deskId];
      about.push(code.loanMinutes, code.dueAt, code.loanLimit);
      const values = [scope, by, ...hashes, ...about];
      const row = await hot.query<IssueRow>({ ...ISSUE, values }).then(
        ({ rows }) => rows[0],
        (error) => {
          if (isOfRetired(error)) return "retired" as const;
          throw failureOf(error);
        },
      );
      if (row === "retired") return { kind: "refused", refusal: { reason: "not_found" } };
      if (!row) throw new Error("issue_code gave no row");
      if (row.reason) return { kind: "refused", refusal: issueRefusal(row, code) };
      onChange();
      return {
        kind: "issued",
        codeId: row.code_id,
        purpose,
        resource: { id: resourceId, name: row.resource },
        issuedAt: row.issued_at.toISOString(),
        expiresAt: row.expires_at.toISOString(),
      };
    },

    async invalidate(codeId, by, holder) {
      const outcome = await tenant(async (tx): Promise<InvalidateOutcome> => {
        const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
        const { maxUses } = tx.qrCode.fields;
        const which = { tenantId: scope, id: codeId, ...(holder ? { holderId: holder } : {}) };
        const cancelled = await tx.qrCode.updateMany({
          where: { ...which, invalidatedAt: null, uses: { lt: maxUses }, expiresAt: { gt: now } },
          data: { invalidatedAt: now, invalidatedBy: by },
        });
        if (cancelled.count > 0) return { kind: "invalidated", at: now.toISOString() };

        const code = await tx.qrCode.findFirst({
          where: which,
          select: { uses: true, maxUses: true, invalidatedAt: true, expiresAt: true },
        });
        return { kind: "left_alone", reason: endedBecause(code, now) };
      });
      if (outcome.kind === "invalidated") onChange();
      return outcome;
    },

    async invalidateAll(by, because) {
      const outcome = await tenant(async (tx) => {
        const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
        const count = await tx.$executeRaw`UPDATE qr_codes SET invalidated_at = ${now}, invalidated_by = ${by}::uuid
          WHERE tenant_id = ${scope}::uuid AND invalidated_at IS NULL AND uses < max_uses AND expires_at > ${now}`;
        const payload = { count, because };
        const news = { type: "codes.revoked", entityId: scope, entityVersion: 0, actorId: by, payload };
        await tx.outbox.create({ data: { tenantId: scope, ...news } });
        return { count, at: now.toISOString() };
      });
      onChange();
      return outcome;
    },
  };
}

type Ended = Extract<InvalidateOutcome, { kind: "left_alone" }>["reason"];

/** Why a code could not be cancelled. It may open later: then it could be, and something else came between. */
function endedBecause(
  code: { uses: number; maxUses: number; invalidatedAt: Date | null; expiresAt: Date } | null,
  now: Date,
): Ended {
  const reason = refusalFor(code && { ...code, opensAt: now }, { at: now, now, deviceId: null, step: null });
  return (reason ?? "not_found") as Ended;
}

interface IssueRow {
  reason: "not_found" | "resource_unavailable" | "not_checked_out" | "limit_reached" | null;
  code_id: CodeId;
  resource: string;
  due_at: Date | null;
  issued_at: Date;
  expires_at: Date;
}

function issueRefusal({ reason, resource, due_at }: IssueRow, { loanLimit }: Pick<NewCode, "loanLimit">) {
  if (reason === "resource_unavailable") {
    // Who has it is not told to another member.
    return { reason, evidence: { resource, holder: null, dueAt: due_at?.toISOString() ?? null } } as const;
  }
  if (reason === "limit_reached") return { reason, evidence: { limit: loanLimit ?? 0 } } as const;
  if (reason === "not_checked_out") return { reason, evidence: { resource } } as const;
  return { reason: "not_found" } as const;
}
