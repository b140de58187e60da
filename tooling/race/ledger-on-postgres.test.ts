import { serverDatabaseForTest } from "@tessera/db/testing";
import { ledgerWorld } from "@tessera/db/testing-ledger";
import { ledgerSuite, limitSuite } from "@tessera/domain/redemption/ledger.suite";
import { recordsSuite } from "@tessera/domain/redemption/records.suite";
import { describeWith, postgres } from "@tessera/vitest/services";

describeWith(postgres, "on a real PostgreSQL", () => {
  const open = async () => {
    if (!postgres.available) throw new Error(postgres.reason);
    return ledgerWorld(await serverDatabaseForTest(postgres.url));
  };
  ledgerSuite("the ledger", open);
  limitSuite("the ledger", open);
  recordsSuite("the ledger", open);
});
