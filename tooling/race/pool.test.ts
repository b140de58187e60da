import { builders, inTenant, scopeOf, serverDatabaseForTest, type TestDatabase } from "@tessera/db/testing";
import { tellFigure } from "@tessera/vitest/figure";
import { describeWith, postgres } from "@tessera/vitest/services";
import { afterAll, beforeAll, expect, it } from "vitest";

const TENANTS = 50;
const CONNECTIONS = 4;
const REQUESTS = 10_000;
const IN_FLIGHT = 32;

/** Requests break off in the middle in all the ways they can: in the program, by a statement that fails, by one that takes too long. */
const BREAKS = ["program", "statement", "timeout"] as const;

describeWith(postgres, "fifty tenants over four connections", ({ url }) => {
  let database: TestDatabase;
  let tenants: string[];
  beforeAll(async () => {
    database = await serverDatabaseForTest(url, CONNECTIONS);
    const build = builders(database);
    tenants = [];
    for (let index = 0; index < TENANTS; index++) {
      const tenant = await build.tenant({ slug: `of-${index}`, name: `Tenant ${index}` });
      await build.resource(tenant, { name: `Thing of ${tenant}` });
      tenants.push(tenant);
    }
  });
  afterAll(() => database?.close());

  /** The same with every run. */
  let seed = 42;
  const chance = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };

  type Seen = { tenant: string; rows: string[] } | { tenant: string; brokenBy: string };

  async function request(): Promise<Seen> {
    const tenant = tenants[Math.floor(chance() * TENANTS)] as (typeof tenants)[number];
    const breaks = chance() < 0.2 ? BREAKS[Math.floor(chance() * BREAKS.length)] : undefined;
    try {
      const rows = await inTenant(
        database,
        scopeOf(tenant as never),
      )(async (tx) => {
        const found = await tx.resource.findMany({ select: { name: true, tenantId: true } });
        if (breaks === "program") throw new Error("somebody hung up");
        if (breaks === "statement") await tx.$queryRaw`SELECT 1 / 0`;
        if (breaks === "timeout") {
          await tx.$executeRaw`SELECT set_config('statement_timeout', '1', true)`;
          await tx.$queryRaw`SELECT pg_sleep(1)`;
        }
        return found.map(({ name, tenantId }) => `${tenantId} ${name}`);
      });
      return { tenant, rows };
    } catch (error) {
      if (!breaks) throw error;
      return { tenant, brokenBy: breaks };
    }
  }

  it("sees its own rows in each of ten thousand interleaved requests, a fifth of which break off", async ({ task }) => {
    const seen: Seen[] = [];
    let left = REQUESTS;
    const worker = async () => {
      while (left-- > 0) seen.push(await request());
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));

    const foreign = seen.filter((one) => "rows" in one && one.rows.join() !== `${one.tenant} Thing of ${one.tenant}`);
    const broken = seen.filter((one) => "brokenBy" in one);
    tellFigure(task, `${foreign.length} foreign rows in ${seen.length} requests, ${broken.length} broken off`);
    expect(foreign).toEqual([]);
    expect(broken.length).toBeGreaterThan(REQUESTS / 10);
  });

  it("would see others' if the tenant stayed with the connection (the control)", async () => {
    const [mine, other] = tenants;
    const leaky = async (tenant: string | null) => {
      const { rows } = await database.hot.query<{ name: string }>(
        tenant
          ? `SELECT set_config('role', 'tessera_app', false), set_config('app.tenant_id', '${tenant}', false)`
          : "SELECT name FROM resources",
      );
      return rows.map(({ name }) => name);
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, () => leaky(mine ?? "")));
    expect(await leaky(null)).toEqual([`Thing of ${mine}`]); // whoever comes next, and says nothing
    expect(other).not.toBe(mine);
  });
});
