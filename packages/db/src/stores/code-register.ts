import type { CodeId, InvalidateOutcome } from "@tessera/contracts";
import type { CodeRegister } from "@tessera/domain/redemption/issue-code";
import { refusalFor } from "@tessera/domain/redemption/rules";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Database } from "../database.ts";
import { failureOf } from "../failure.ts";
import type { InTenant } from "../tenant.ts";

const ISSUE = {
  name: "issue_code",
  text: "SELECT * FROM issue_code($1, $2, $3, $4, $5, $6, make_interval(secs => $7))",
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
      const { lookup, purpose, resourceId, holderId, mask, lifeSeconds } = code;
      const values = [scope, Buffer.from(lookup), purpose, resourceId, holderId, mask, lifeSeconds];
      const { rows } = await hot.query<IssueRow>({ ...ISSUE, values }).catch((error) => {
        throw failureOf(error);
      });
      const [row] = rows;
      if (!row) throw new Error("issue_code gave no row");
      if (row.reason) return { kind: "refused", refusal: issueRefusal(row) };
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
        const reason = refusalFor(code && { ...code, opensAt: now }, now);
        return { kind: "left_alone", reason: reason === "not_yet_valid" ? "not_found" : (reason ?? "not_found") };
      });
      if (outcome.kind === "invalidated") onChange();
      return outcome;
    },
  };
}

interface IssueRow {
  reason: "not_found" | "resource_unavailable" | "not_checked_out" | null;
  code_id: CodeId;
  resource: string;
  due_at: Date | null;
  issued_at: Date;
  expires_at: Date;
}

function issueRefusal({ reason, resource, due_at }: IssueRow) {
  if (reason === "resource_unavailable") {
    // Who has it is not told to another member.
    return { reason, evidence: { resource, holder: null, dueAt: due_at?.toISOString() ?? null } } as const;
  }
  if (reason === "not_checked_out") return { reason, evidence: { resource } } as const;
  return { reason: "not_found" } as const;
}
