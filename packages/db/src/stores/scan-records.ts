import type { RedemptionId, UndoOutcome, UndoRefusal } from "@tessera/contracts";
import type { ScanRecords } from "@tessera/domain/redemption/ledger";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Database } from "../database.ts";
import { failureOf } from "../failure.ts";
import { outcomeOf } from "./redemption-row.ts";
import { storedAnswer } from "./stored-answer.ts";

const UNDO = { name: "undo_scan", text: "SELECT * FROM undo_scan($1, $2, $3, $4, $5)" };

/**
 * What became of scans, and taking them back.
 *
 * @param database Where.
 * @param scope Which tenant.
 * @param onChange Called after each change, so that its news can leave.
 */
export function scanRecords({ hot }: Pick<Database, "hot">, scope: TenantScope, onChange: () => void): ScanRecords {
  return {
    async fateOf(scanId, by) {
      const row = await storedAnswer(hot, scope, scanId);
      const isTheirs = row && (by.memberId !== null || row.device_id === by.deviceId);
      return isTheirs ? outcomeOf(row, scanId, true) : { kind: "undecided", scanId };
    },

    async undo({ scanId, because, by }): Promise<UndoOutcome> {
      const values = [scope, scanId, because, by.memberId, by.deviceId];
      const { rows } = await hot.query<UndoRow>({ ...UNDO, values }).catch((error) => {
        throw failureOf(error);
      });
      const [row] = rows;
      if (!row) throw new Error("undo_scan gave no row");
      if (row.kind === "refused") return { kind: "refused", scanId, because: row.because };
      onChange();
      const at = row.at.toISOString();
      if (row.kind === "withdrawn") return { kind: "withdrawn", scanId, at };
      return { kind: "undone", scanId, redemptionId: row.redemption_id, at };
    },
  };
}

interface UndoRow {
  kind: UndoOutcome["kind"];
  because: UndoRefusal;
  at: Date;
  redemption_id: RedemptionId;
}
