import { serverDatabaseForTest } from "@tessera/db/testing";
import { describeWith, postgres } from "@tessera/vitest/services";
import { databaseParity } from "../../packages/db/src/model-parity.suite.ts";

describeWith(postgres, "on a real PostgreSQL", ({ url }) => {
  databaseParity("PostgreSQL", () => serverDatabaseForTest(url), 60);
});
