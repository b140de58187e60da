import type { FlagDecision, FlagKey } from "@tessera/contracts";
import type { Tessera } from "@tessera/sdk/node";
import { describeWithAll, postgres, redis } from "@tessera/vitest/services";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type Fleet, fleetOf } from "./support/fleet.ts";

const KEY = "qr-checkout-enabled";
const PORTAL = "ff/qr_unified_portal";
/** What the database calls whoever is logged in where these tests are. */
const LOGIN = "tessera_test";

/** The statements of the operators' two documents, as they are written there. */
const STATEMENTS = {
  canary: `UPDATE feature_flags 
SET is_enabled = true,
    target_tenants = ARRAY['tenant-uuid-1', 'tenant-uuid-2']
WHERE flag_name = 'ff/qr_unified_portal';`,
  canaries: `UPDATE feature_flags 
SET is_enabled = true,
    target_tenants = ARRAY[
      'canary-tenant-1-uuid',
      'canary-tenant-2-uuid'
    ]
WHERE flag_name = 'ff/qr_unified_portal';`,
  forAll: `UPDATE feature_flags 
SET is_enabled = true,
    target_tenants = NULL
WHERE flag_name = 'ff/qr_unified_portal';`,
  rollout25: `-- Get 25% of active tenants
WITH active_tenants AS (
  SELECT tenant_id 
  FROM tenants 
  WHERE is_active = true 
  ORDER BY created_at 
  LIMIT (SELECT COUNT(*) * 0.25 FROM tenants WHERE is_active = true)
)
UPDATE feature_flags 
SET target_tenants = ARRAY(SELECT tenant_id FROM active_tenants)
WHERE flag_name = 'ff/qr_unified_portal';`,
  rollout50: `-- Increase to 50% of tenants
WITH active_tenants AS (
  SELECT tenant_id 
  FROM tenants 
  WHERE is_active = true 
  ORDER BY created_at 
  LIMIT (SELECT COUNT(*) * 0.5 FROM tenants WHERE is_active = true)
)
UPDATE feature_flags 
SET target_tenants = ARRAY(SELECT tenant_id FROM active_tenants)
WHERE flag_name = 'ff/qr_unified_portal';`,
  rollback: `-- Disable feature immediately
UPDATE feature_flags 
SET is_enabled = false
WHERE flag_name = 'ff/qr_unified_portal';`,
  withoutOne: `UPDATE feature_flags 
SET target_tenants = array_remove(target_tenants, 'problematic-tenant-uuid')
WHERE flag_name = 'ff/qr_unified_portal';`,
  whitelist: `UPDATE feature_flags 
SET enabled = true, 
    config = '{"rollout":"whitelist","users":[...]}' 
WHERE key = 'qr-checkout-enabled';`,
  week: (percentage: number) => `UPDATE feature_flags 
SET config = '{"rollout":"percentage","percentage":${percentage}}' 
WHERE key = 'qr-checkout-enabled';`,
  week4: `UPDATE feature_flags 
SET enabled = true, 
    config = '{"rollout":"percentage","percentage":100}' 
WHERE key = 'qr-checkout-enabled';`,
  off: "UPDATE feature_flags SET enabled = false WHERE key = 'qr-checkout-enabled';",
  archived: `UPDATE feature_flags 
SET enabled = true, archived = true 
WHERE key = 'qr-checkout-enabled';`,
};

describeWithAll([postgres, redis], "flags in SQL, under two servers", () => {
  let fleet: Fleet;
  let operator: Tessera;
  /** One person of each tenant at each server: the library is the older one. */
  let library: Tessera[];
  let hotel: Tessera[];
  let [libraryId, hotelId, memberId] = ["", "", ""];

  beforeAll(async () => {
    fleet = await fleetOf("all", "all");
    const [first] = fleet.servers;
    if (!first) throw new Error("no server");
    operator = await first.signedIn("operator@library.example");
    library = await Promise.all(fleet.servers.map((server) => server.signedIn("member@library.example")));
    hotel = await Promise.all(fleet.servers.map((server) => server.signedIn("staff@hotel.example")));
    const [member, staff] = [await library[0]?.api.account.me.query(), await hotel[0]?.api.account.me.query()];
    if (member?.kind !== "member" || !staff) throw new Error("nobody is signed in");
    [libraryId, hotelId, memberId] = [member.tenant.id, staff.tenant.id, member.memberId];
  });
  afterAll(() => fleet?.stop());
  beforeEach(async () => {
    await asSuperuser("ALTER TABLE feature_flags DISABLE TRIGGER USER");
    await asSuperuser("UPDATE feature_flags SET config = '{}', target_tenants = NULL, description = '', denied = '{}'");
    await asSuperuser("ALTER TABLE feature_flags ENABLE TRIGGER USER");
    await fleet.asOperator(
      "UPDATE feature_flags SET enabled = true, archived = false, killed_at = NULL, killed_because = NULL, touched = touched + 1",
    );
    for (const key of [KEY, PORTAL] as const)
      await becomes(key, [...library, ...hotel], { value: true, reason: "STATIC" });
  });

  const asSuperuser = (sql: string, values: unknown[] = []) => fleet.asSuperuser(sql, values);
  const everywhere = (key: FlagKey, people: Tessera[]) =>
    Promise.all(people.map(({ api }) => api.flag.evaluate.query({ key })));

  /** Waits until both servers decide so. */
  async function becomes(key: FlagKey, people: Tessera[], decision: Partial<FlagDecision>): Promise<void> {
    const wanted = people.map(() => expect.objectContaining(decision));
    await expect.poll(() => everywhere(key, people), { timeout: 5_000, interval: 20 }).toEqual(wanted);
  }

  /** Runs a statement of the documents, with ids in place of their placeholders. */
  const operators = async (sql: string) => expect(await fleet.asOperator(sql)).toBe(1);
  const newest = async (key: FlagKey) => (await operator.api.flag.history.query({ key }))[0];

  it("name canaries, by the deployment guide", async () => {
    await operators(STATEMENTS.rollback);
    await becomes(PORTAL, [...library, ...hotel], { value: false, reason: "DISABLED" });
    await operators(STATEMENTS.canary.replace("tenant-uuid-1", libraryId).replace("tenant-uuid-2", libraryId));
    await becomes(PORTAL, library, { value: true, reason: "TARGETING_MATCH", rule: "tenants" });
    const [one, two] = ["canary-tenant-1-uuid", "canary-tenant-2-uuid"];
    await operators(STATEMENTS.canaries.replace(one, libraryId).replace(two, hotelId));
    await becomes(PORTAL, [...library, ...hotel], { value: true, reason: "TARGETING_MATCH", rule: "tenants" });
    await operators(STATEMENTS.withoutOne.replace("problematic-tenant-uuid", hotelId));
    await becomes(PORTAL, hotel, { value: false, reason: "DEFAULT", rule: "tenants" });
    await becomes(PORTAL, library, { value: true });
    await operators(STATEMENTS.withoutOne.replace("problematic-tenant-uuid", libraryId)); // nobody is left: not everybody
    await becomes(PORTAL, [...library, ...hotel], { value: false, reason: "DEFAULT" });
    await operators(STATEMENTS.forAll);
    await becomes(PORTAL, [...library, ...hotel], { value: true, reason: "STATIC" });
  });

  it("roll out to a share of the active tenants, the oldest first, by the deployment guide", async () => {
    for (let more = 0; more < 2; more++) {
      await asSuperuser("INSERT INTO tenants (slug, name, template) SELECT $1, $1, template FROM tenants LIMIT 1", [
        `more-${more}`,
      ]);
    }
    await operators(STATEMENTS.rollout25);
    await becomes(PORTAL, hotel, { value: false, reason: "DEFAULT", rule: "tenants" });
    await becomes(PORTAL, library, { value: true, reason: "TARGETING_MATCH" });
    await operators(STATEMENTS.rollout50);
    await becomes(PORTAL, [...library, ...hotel], { value: true, reason: "TARGETING_MATCH" });
    await operators(STATEMENTS.forAll);
    await becomes(PORTAL, [...library, ...hotel], { value: true, reason: "STATIC" });
    await operators(STATEMENTS.rollback);
    await becomes(PORTAL, [...library, ...hotel], { value: false, reason: "DISABLED", rule: "enabled" });
    await asSuperuser("DELETE FROM tenants WHERE slug LIKE 'more-%'");
  });

  it("go from beta users to everybody, by the runbook", async () => {
    await operators(STATEMENTS.whitelist.replace("[...]", JSON.stringify([memberId])));
    await becomes(KEY, library, { value: true, reason: "TARGETING_MATCH", rule: "allow" });
    await becomes(KEY, hotel, { value: false, reason: "DEFAULT" });
    for (const percentage of [10, 25, 50]) {
      await operators(STATEMENTS.week(percentage));
      await becomes(KEY, library, { reason: "SPLIT" });
      const misplaced = async () =>
        (await everywhere(KEY, [...library, ...hotel])).filter(
          ({ value, bucket }) => value !== Number(bucket) < percentage * 1_000,
        );
      await expect.poll(misplaced).toEqual([]); // "SPLIT" was true of the share before, too
    }
    await operators(STATEMENTS.week4);
    await becomes(KEY, [...library, ...hotel], { value: true, reason: "SPLIT" });
    await operators(STATEMENTS.off);
    await becomes(KEY, [...library, ...hotel], { value: false, reason: "DISABLED", rule: "enabled" });
    await operators(STATEMENTS.archived);
    await becomes(KEY, [...library, ...hotel], { value: false, reason: "DISABLED", rule: "archived" });
  });

  it("are written into history with the database user's name, and into every tenant's journal", async () => {
    await operators(STATEMENTS.week(25));
    const entry = await newest(KEY);
    expect(entry).toMatchObject({
      ...{ by: LOGIN, byName: LOGIN, via: "sql", because: null, before: { config: {} } },
      after: { config: { rollout: "percentage", percentage: 25 } },
    });
    const told = () =>
      asSuperuser("SELECT tenant_id, payload FROM journal WHERE type = 'flag.changed' AND entity_version = $1", [
        entry?.revision,
      ]);
    await expect
      .poll(async () => (await told()).map((row) => row.tenant_id))
      .toEqual(expect.arrayContaining([libraryId, hotelId]));
    for (const { payload } of await told()) expect(payload).toMatchObject({ key: KEY, by: LOGIN, via: "sql" });
  });

  const set = (what: string) => `UPDATE feature_flags SET ${what} WHERE key = '${KEY}'`;

  it.each<[string, string, RegExp]>([
    ["a share above 100 %", `config = '{"rollout":"percentage","percentage":110}'`, /percentage must be 0 to 100/],
    ["a share that is a word", `config = '{"rollout":"percentage","percentage":"ten"}'`, /percentage must be a number/],
    ["a share of nothing", `config = '{"rollout":"percentage"}'`, /needs a percentage/],
    ["a rollout that is none", `config = '{"rollout":"slowly"}'`, /rollout must be "everyone", "whitelist"/],
    ["what nobody reads", `config = '{"rolout":"whitelist"}'`, /config knows no rolout/],
    ["a list that is none", `config = '{"users":"everybody"}'`, /users must be a list of ids/],
    [
      "the runbook's own dots",
      `config = '{"rollout":"whitelist","users":[...]}'`,
      /invalid input syntax for type json/,
    ],
    ["a wrong type", `config = '{"camera_enabled":"yes"}'`, /camera_enabled must be true or false/],
    ["no object", `config = '[]'`, /config must be an object/],
    ["the guide's own placeholders", "target_tenants = ARRAY['tenant-uuid-1']", /"tenant-uuid-1" is no tenant's id/],
    [
      "an id of no kind that ids have",
      "target_tenants = ARRAY['11111111-1111-1111-1111-111111111111']",
      /no tenant's id/,
    ],
    [
      "a name in place of the id of a tenant to keep out",
      `denied = '{"tenants": ["library"]}'`,
      /"library" is no tenant's id/,
    ],
    ["a list of lists", `target_tenants = ARRAY[ARRAY[gen_random_uuid()::text]]`, /must not hold lists/],
    ["a story in place of a description", "description = repeat('x', 501)", /more than 500 characters/],
    ["a flag that waits for itself", `prerequisites = ARRAY['${KEY}']`, /would wait for each other/],
    ["a flag to wait for that is none", "prerequisites = ARRAY['no-such-flag']", /no flag no-such-flag to wait for/],
    [
      "100,001 ids",
      "config = jsonb_build_object('users', (SELECT jsonb_agg(n::text) FROM generate_series(1, 100001) n))",
      /users has 100001 ids/,
    ],
    ["two words for one thing that differ", "enabled = false, is_enabled = NULL", /must say the same/],
  ])("refuse %s, say what is wrong with it, and stay as they were", async (_what, what, words) => {
    const before = await newest(KEY);
    await expect(fleet.asOperator(set(what))).rejects.toThrow(words);
    expect(await newest(KEY)).toEqual(before);
    expect(await everywhere(KEY, library)).toMatchObject(library.map(() => ({ value: true, reason: "STATIC" })));
  });

  it("know a tenant by its id in whatever letters", async () => {
    const [one, two] = [libraryId.toUpperCase(), hotelId.toUpperCase()];
    await operators(STATEMENTS.canary.replace("tenant-uuid-1", one).replace("tenant-uuid-2", two));
    await becomes(PORTAL, [...library, ...hotel], { value: true, reason: "TARGETING_MATCH" });
    await operators(STATEMENTS.withoutOne.replace("problematic-tenant-uuid", hotelId));
    await becomes(PORTAL, hotel, { value: false, reason: "DEFAULT" });
    await operators(`UPDATE feature_flags SET denied = '{"tenants": ["${one}"]}' WHERE key = '${PORTAL}'`);
    await becomes(PORTAL, library, { value: false, reason: "TARGETING_MATCH", rule: "deny" });
  });

  /** What a superuser or a restored dump can do: nobody judges it. */
  async function smuggle(what: string): Promise<void> {
    await asSuperuser("ALTER TABLE feature_flags DISABLE TRIGGER USER");
    await asSuperuser(`${set(`${what}, revision = nextval('flag_revision')`)}`);
    await asSuperuser("ALTER TABLE feature_flags ENABLE TRIGGER USER");
  }
  const NONSENSE = `config = '{"rollout":"percentage","percentage":"a lot"}', target_tenants = ARRAY['NOBODY']`;

  it("hold their last good setting when nonsense gets past the database's watch, and the servers go on", async () => {
    await operators(STATEMENTS.whitelist.replace("[...]", JSON.stringify([memberId])));
    await becomes(KEY, hotel, { value: false });
    const [good] = await everywhere(KEY, library);
    await smuggle(NONSENSE);
    await operators(STATEMENTS.rollback); // another flag is changed and heard of: the nonsense was read by then
    await becomes(PORTAL, [...library, ...hotel], { value: false });
    for (const decision of await everywhere(KEY, library))
      expect(decision).toMatchObject({ ...good, revision: expect.any(Number) });
    for (const { url } of fleet.servers) expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const alerts = () =>
      fleet.asSuperuser("SELECT severity FROM alerts WHERE title LIKE $1", [`${KEY} is set to nonsense%`]);
    await expect.poll(alerts).toContainEqual({ severity: "critical" });
  });

  it("are switched off, killed and mended although they are set to nonsense", async () => {
    await smuggle(NONSENSE);
    await operators(STATEMENTS.off);
    await becomes(KEY, [...library, ...hotel], { value: false, reason: "DISABLED" });
    await operators(STATEMENTS.archived.replace("true, archived = true", "true, archived = false"));
    await becomes(KEY, [...library, ...hotel], { value: true, reason: "STATIC" });
    await operator.api.flag.kill.mutate({ key: KEY, because: "nobody knows what it does" });
    await becomes(KEY, [...library, ...hotel], { value: false, reason: "KILLED" });

    await expect(fleet.asOperator(STATEMENTS.week(110))).rejects.toThrow("percentage must be 0 to 100");
    await operators(
      "UPDATE feature_flags SET killed_at = NULL, target_tenants = NULL WHERE key = 'qr-checkout-enabled'",
    );
    await operators(STATEMENTS.whitelist.replace("[...]", JSON.stringify([memberId])));
    await becomes(KEY, library, { value: true, reason: "TARGETING_MATCH" });
    await becomes(KEY, hotel, { value: false, reason: "DEFAULT" });
  });
});
