import { modelParitySuite } from "@tessera/domain/redemption/model-parity.suite";
import { openTenants } from "./rooms.ts";
import { builders, deviceForTest, scopeOf, type TestDatabase } from "./testing.ts";

/**
 * Holds the SQL of one database to the model (`domain/redemption/model.ts`), sequence by sequence, each in a tenant of its
 * own.
 *
 * @param name Shown in the report.
 * @param openDatabase Fresh and migrated; closed at the end.
 * @param runs How many sequences.
 */
export function databaseParity(name: string, openDatabase: () => Promise<TestDatabase>, runs: number): void {
  modelParitySuite(
    name,
    async () => {
      const database = await openDatabase();
      const build = builders(database);
      const signing = { publicKeyOf: async () => new Uint8Array(32) };
      const roomsOf = openTenants(database, { signing, onChange: () => {} });
      let tenants = 0;

      return {
        async tenant() {
          const tenantId = await build.tenant({ slug: `parity-${++tenants}`, name: "Parity" });
          const member = async (name: string) => ({ id: await build.member(tenantId, { name }), name });
          const thing = async (name: string) => ({
            id: await build.resource(tenantId, { name, loanMinutes: 60 }),
            name,
            loanMinutes: 60,
          });
          const desk = async (name: string) => ({ id: await deviceForTest(database, tenantId, name), name });
          return {
            rooms: roomsOf(scopeOf(tenantId)),
            members: [await member("One"), await member("Two")],
            staff: await build.member(tenantId, { name: "Staff", role: "staff" }),
            things: [await thing("Drill"), await thing("Tent")],
            desks: [await desk("Front desk"), await desk("Back desk")],
            relay: () => database.hot.query("SELECT relay_outbox(500)").then(() => {}),
          };
        },
        close: () => database.close(),
      };
    },
    runs,
  );
}
