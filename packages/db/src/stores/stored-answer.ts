import type { ScanId } from "@tessera/contracts";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Database } from "../database.ts";
import { failureOf } from "../failure.ts";
import type { StoredAnswerRow } from "./redemption-row.ts";

const ANSWERED = { name: "answered_scan", text: "SELECT * FROM answered_scan($1, $2)" };

/** @returns What was decided of a scan, and for whom; null when nothing was. @throws Failed When it cannot be read. */
export async function storedAnswer(
  hot: Database["hot"],
  scope: TenantScope,
  scanId: ScanId,
): Promise<StoredAnswerRow | null> {
  const { rows } = await hot.query<StoredAnswerRow>({ ...ANSWERED, values: [scope, scanId] }).catch((error) => {
    throw failureOf(error);
  });
  return rows[0] ?? null;
}
