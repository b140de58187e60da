import { randomBytes } from "node:crypto";
import type { DeviceId, MemberId, Purpose, RedemptionOutcome, ResourceId, ScanId, TenantId } from "@tessera/contracts";
import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import { openTenants } from "./rooms.ts";
import { builders, deviceForTest, scopeOf, type TestDatabase } from "./testing.ts";

/** A tenant with a desk, whose things go out and come back as they do in the product. */
export interface ShelfForTest {
  tenant: TenantId;
  rooms: TenantRooms;
  member(name: string): Promise<MemberId>;
  thing(name: string, loanMinutes?: number): Promise<ResourceId>;
  /** Issues a code and scans it at once. */
  scanned(holder: MemberId, thing: ResourceId, purpose?: Purpose): Promise<RedemptionOutcome>;
  /** What was told of a kind so far, oldest first. */
  told(type: string): Promise<Array<Record<string, unknown>>>;
}

/** @returns A fresh tenant of its own in a database. */
export async function shelfForTest(database: TestDatabase): Promise<ShelfForTest> {
  const build = builders(database);
  const tenant = await build.tenant({ slug: `shelf-${randomBytes(4).toString("hex")}`, name: "Shelf" });
  const desk: DeviceId = await deviceForTest(database, tenant);
  const open = openTenants(database, { signing: { publicKeyOf: async () => new Uint8Array(32) }, onChange: () => {} });
  const rooms = open(scopeOf(tenant));

  return {
    tenant,
    rooms,
    member: (name) => build.member(tenant, { name }),
    thing: (name, loanMinutes = 1_440) => build.resource(tenant, { name, loanMinutes }),

    async scanned(holderId, resourceId, purpose = "check_out") {
      const lookup = new Uint8Array(randomBytes(32));
      const issued = await rooms.codes.issue({
        ...{ purpose, resourceId, holderId, lookup, offlineId: lookup, kind: "compact", by: holderId, mask: 0 },
        ...{ maxUses: 1, opensAt: null, expiresAt: new Date(Date.now() + 600_000), deskId: null },
        ...{ loanMinutes: null, dueAt: null, loanLimit: null },
      });
      if (issued.kind === "refused") throw new Error(`no code: ${issued.refusal.reason}`);
      const scanId = crypto.randomUUID() as ScanId;
      const by = { deviceId: desk, memberId: null };
      return rooms.ledger.redeem({ scanId, lookup, fingerprint: lookup, source: "camera", by });
    },

    async told(type) {
      const { rows } = await database.hot.query<{ payload: Record<string, unknown> }>(
        "SELECT payload FROM told_of($1, $2)",
        [tenant, type],
      );
      return rows.map(({ payload }) => payload);
    },
  };
}

/** What tests ask of all news: row security hides the outbox from whoever is in no tenant. */
export const TOLD_OF = `CREATE OR REPLACE FUNCTION told_of(p_tenant uuid, p_type text) RETURNS TABLE (payload jsonb)
  LANGUAGE sql SECURITY DEFINER AS 'SELECT payload FROM outbox WHERE tenant_id = p_tenant AND type = p_type ORDER BY id'`;
