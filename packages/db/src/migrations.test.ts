import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embeddedForTest, type TestDatabase } from "./testing.ts";

/** What landed. A database that has it refuses to start with any other text, so none of these lines ever changes. */
const LANDED = {
  "20261121000000_one_redemption": "4d3e9fa09ffdde9ea5db9364ed04811072f4fa4b053180b1adff914f2e0aa4f1",
  "20261122000001_whole_protocol": "66730c7d61f2ac3b9f9c19f84ceb4bd2380e4b3b592619b10acabc2fb4451480",
  "20261122000002_code_keys": "2976f85aa4348ec3d16053620290dec3e5906af239768c809af0b73832e22eeb",
  "20261122000003_journal": "92de068c9fe68a95d1b839b5d1a53d601aa2fda9a3431233d526f11f0f88f328",
  "20261124000001_hot_path": "3656555f9619e25971d09f8f949f0c2ed5b2b26df16b442e99bb6402d67c90dc",
  "20261124000002_rights": "dab2ed3fdb011fdc6e32132827f84a2e307dcb784d6b5fc216c1c51a32c83760",
  "20261125000001_flags": "db2dd5215b4bde3195d6f643c0aa5172e456d67d4a20f7ce9d2d1321ea32ced8",
  "20261125000002_flags_held": "95999b2a93adf46bc3f0615e236364780060205a780ff626615a6139febfd610",
  "20261126000001_people": "218e48a8ecf1c9ff53d7b26f1c0abba32e24fc43d51539095f624dd2edd0e1b3",
  "20261126000002_machines": "3da9ee07512ee8380176016ba36a07205b1587d077c01b7077fb66db049cbb8d",
  "20261126000003_least_rights": "60aa8ff90f650b923c3b6eece1dbc8654d15ed72ee9957bbb3c0f2cf26ea4dd2",
};

const downOf = (name: string) => readFile(new URL(`../prisma/migrations/${name}/down.sql`, import.meta.url), "utf8");

describe("the migrations", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await embeddedForTest();
  });
  afterAll(() => database?.close());

  const rows = async (sql: string) => (await database.hot.query<Record<string, unknown>>(sql)).rows;

  it("that landed are as they landed", async () => {
    const applied = await rows("SELECT migration_name, checksum FROM _prisma_migrations");
    expect(Object.fromEntries(applied.map((row) => [row.migration_name, row.checksum]))).toMatchObject(LANDED);
  });

  it("of flags leave nobody with a flag that was not for them, when they are taken back", async () => {
    const tenant = "11111111-1111-4111-8111-111111111111";
    const someone = '{"users": ["22222222-2222-4222-8222-222222222222"]}';
    const flags = {
      everybody: "DEFAULT, DEFAULT",
      named: `DEFAULT, '{${tenant}}'`,
      none: "DEFAULT, '{}'",
      share: `'{"rollout": "percentage", "percentage": 1}', DEFAULT`,
      list: `'{"rollout": "whitelist"}', DEFAULT`,
    };
    for (const [key, set] of Object.entries(flags))
      await rows(`INSERT INTO feature_flags (key, enabled, config, target_tenants) VALUES ('${key}', true, ${set})`);
    await rows(`INSERT INTO feature_flags (key, enabled, tenant_share) VALUES ('oldest', true, 10)`);
    await rows(`INSERT INTO feature_flags (key, enabled, denied) VALUES ('denied', true, '${someone}')`);
    await rows(`INSERT INTO feature_flags (key, enabled, prerequisites) VALUES ('waits', true, '{everybody}')`);
    await rows(`INSERT INTO feature_flags (key, enabled, breaker_state, breaker_since, breaker_incident)
      VALUES ('broken', true, 'open', now(), gen_random_uuid())`);
    await rows("DELETE FROM feature_flags WHERE key = 'qr-checkout-enabled'");

    for (const name of ["20261125000002_flags_held", "20261125000001_flags"])
      await database.asSuperuser(await downOf(name));
    expect(await rows("SELECT key, target_tenants FROM feature_flags WHERE enabled ORDER BY key")).toEqual([
      { key: "everybody", target_tenants: [] },
      { key: "named", target_tenants: [tenant] },
    ]);
  });
});
