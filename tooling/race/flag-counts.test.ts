import type { TenantId } from "@tessera/contracts";
import { breakerBook } from "@tessera/db";
import { serverDatabaseForTest, type TestDatabase } from "@tessera/db/testing";
import { describeWith, postgres } from "@tessera/vitest/services";
import { afterAll, beforeAll, expect, it } from "vitest";

const KEY = "qr-checkout-enabled";
const SLICE = new Date("2026-11-25T12:00:00Z");
const TENANTS = 500;

describeWith(postgres, "processes that tell what they counted at the same moment", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await serverDatabaseForTest(postgres.available ? postgres.url : "");
  });
  afterAll(() => database?.close());

  it("are all heard, in whatever order their calls came", async () => {
    const breakers = breakerBook(database, () => {});
    const counts = Array.from({ length: TENANTS }, (_, at) => {
      const tenantId = `00000000-0000-4000-8000-${String(at).padStart(12, "0")}` as TenantId;
      return { key: KEY, slice: SLICE, tenantId, calls: 1, failures: 0 } as const;
    });
    for (let round = 1; round <= 5; round++) {
      await Promise.all(
        [counts, counts.toReversed(), counts, counts.toReversed()].map((one) => breakers.count(one, [])),
      );
      expect((await breakers.traffic(KEY, SLICE)).exposed.calls).toBe(4 * TENANTS * round);
    }
  });
});
