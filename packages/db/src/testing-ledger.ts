import { randomBytes } from "node:crypto";
import type { RecordsWorld } from "@tessera/domain/redemption/records.suite";
import { openTenants } from "./rooms.ts";
import { builders, deviceForTest, inRole, inTenant, scopeOf, type TestDatabase } from "./testing.ts";

/**
 * A world for the ledger's conformance suite on a real database.
 *
 * @param database Fresh and migrated; closed with the world.
 */
export async function ledgerWorld(database: TestDatabase): Promise<RecordsWorld> {
  const build = builders(database);
  const tenantId = await build.tenant({ slug: "suite", name: "Suite" });
  const scope = scopeOf(tenantId);
  const holderId = await build.member(tenantId, { name: "Member" });
  const desk = await deviceForTest(database, tenantId);
  const otherDesk = await deviceForTest(database, tenantId, "Back desk");
  const staff = await build.member(tenantId, { name: "Staff", role: "staff" });
  const rooms = openTenants(database, { signing: { publicKeyOf: async () => new Uint8Array(32) }, onChange: () => {} });
  const { ledger, records } = rooms(scope);
  const resources = new Map<string, Promise<string>>();
  const resourceNamed = (name: string) => {
    const known = resources.get(name) ?? build.resource(tenantId, { name, loanMinutes: 60 });
    resources.set(name, known);
    return known;
  };

  return {
    ledger,
    records,
    desk,
    otherDesk,
    staff,

    async addCode({
      purpose = "check_out",
      resource,
      maxUses = 1,
      opensIn = -60,
      endsIn = 600,
      revoked = false,
      rotating = false,
      leasedToOther = false,
      loanLimit,
    }) {
      const lookup = randomBytes(32);
      const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000);
      const resourceId = await resourceNamed(resource);
      const codes = {
        tenantId,
        lookup,
        purpose,
        holderId,
        resourceId,
        mask: 0,
        maxUses,
        notBefore: inSeconds(opensIn),
        kind: rotating ? "rotating" : "compact",
        offlineId: randomBytes(32),
        loanLimit: loanLimit ?? null,
      };
      await inTenant(database, scope)((tx) => tx.qrCode.create({ data: { ...codes, expiresAt: inSeconds(endsIn) } }));
      if (leasedToOther) {
        const lease = { leaseDevice: otherDesk, leaseUntil: inSeconds(300) };
        await inTenant(database, scope)((tx) => tx.qrCode.updateMany({ where: { tenantId, lookup }, data: lease }));
      }
      if (revoked) {
        await inRole(database, "tessera_operator", (tx) =>
          tx.qrCode.updateMany({ where: { tenantId, lookup }, data: { invalidatedAt: new Date() } }),
        );
      }
      return lookup;
    },

    redemptionsOf: (lookup) =>
      inTenant(
        database,
        scope,
      )((tx) => tx.redemption.count({ where: { tenantId, code: { lookup: Buffer.from(lookup) } } })),

    now: () =>
      inTenant(
        database,
        scope,
      )(async (tx) => {
        const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
        return now;
      }),

    age: (minutes) => database.asSuperuser(`UPDATE redemptions SET at = at - interval '${minutes} minutes'`),

    close: () => database.close(),
  };
}
