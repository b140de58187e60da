import { serverDatabaseForTest } from "@tessera/db/testing";
import { ledgerWorld } from "@tessera/db/testing-ledger";
import { ledgerSuite } from "@tessera/domain/redemption/ledger.suite";
import { describeWith, postgres } from "@tessera/vitest/services";

describeWith(postgres, "on a real PostgreSQL", () => {
  ledgerSuite("the ledger", async () => {
    if (!postgres.available) throw new Error(postgres.reason);
    return ledgerWorld(await serverDatabaseForTest(postgres.url));
  });
});
