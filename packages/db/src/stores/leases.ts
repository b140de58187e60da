import type { CodeId, MemberId, OfflinePolicy, Purpose, ResourceId } from "@tessera/contracts";
import type { LeasedCode, Leases } from "@tessera/domain/redemption/leases";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Database } from "../database.ts";
import { failureOf } from "../failure.ts";
import type { InTenant } from "../tenant.ts";

const TAKE = { name: "take_leases", text: "SELECT * FROM take_leases($1, $2, $3, $4)" };
/** A desk that judges by signature is told of no more than these; a tenant with more uses `leased`. */
const MOST_SPENT = 10_000;

/**
 * @param database Where.
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param onChange Called after leases were given, so that the news can leave.
 */
export function leasesOf(
  { hot }: Pick<Database, "hot">,
  scope: TenantScope,
  tenant: InTenant,
  onChange: () => void,
): Leases {
  return {
    policy: () =>
      tenant(async (tx) => {
        const { number, offlinePolicy } = await tx.tenant.findUniqueOrThrow({ where: { id: scope } });
        return { policy: offlinePolicy as OfflinePolicy, tenantNumber: number };
      }),

    async take(device, hours, most) {
      const { rows } = await hot.query<LeaseRow>({ ...TAKE, values: [scope, device, hours, most] }).catch((error) => {
        throw failureOf(error);
      });
      const [first] = rows;
      if (!first) throw new Error("take_leases gave no row");
      const codes = rows.filter((row) => row.code_id !== null).map(leasedCode);
      if (codes.length > 0) onChange();
      return { issuedAt: first.now, until: first.until, codes };
    },

    release: (device) =>
      tenant(
        (tx) => tx.$executeRaw`UPDATE qr_codes SET lease_device = NULL, lease_until = NULL, version = version + 1
          WHERE tenant_id = ${scope}::uuid AND lease_device = ${device}::uuid`,
      ),

    spent: () =>
      tenant(async (tx) => {
        const rows = await tx.$queryRaw<Array<{ offline_id: Uint8Array }>>`SELECT offline_id FROM qr_codes
          WHERE tenant_id = ${scope}::uuid AND expires_at > clock_timestamp() AND offline_id IS NOT NULL
            AND (invalidated_at IS NOT NULL OR uses >= max_uses)
          ORDER BY expires_at LIMIT ${MOST_SPENT}`;
        return rows.map((row) => new Uint8Array(row.offline_id));
      }),
  };
}

interface LeaseRow {
  now: Date;
  until: Date;
  code_id: CodeId | null;
  offline_id: Buffer;
  purpose: Purpose;
  uses: number;
  max_uses: number;
  /** A code that opens at once has "-infinity", which the driver gives as a number. */
  not_before: Date | number;
  expires_at: Date;
  holder_id: MemberId;
  holder: string;
  resource_id: ResourceId;
  resource: string;
  loan_minutes: number;
  out_to_id: MemberId | null;
  out_to: string | null;
  due_at: Date | null;
}

const leasedCode = (row: LeaseRow): LeasedCode => ({
  codeId: row.code_id as CodeId,
  offlineId: new Uint8Array(row.offline_id),
  purpose: row.purpose,
  uses: row.uses,
  maxUses: row.max_uses,
  opensAt: row.not_before instanceof Date ? row.not_before : new Date(0),
  expiresAt: row.expires_at,
  holder: { id: row.holder_id, name: row.holder },
  resource: { id: row.resource_id, name: row.resource, loanMinutes: row.loan_minutes },
  standing:
    row.out_to_id && row.due_at ? { holderId: row.out_to_id, holder: row.out_to ?? "", dueAt: row.due_at } : null,
});
