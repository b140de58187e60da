import type { MemberId, TenantId } from "@tessera/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builders, hashOf, inTenant, scopeOf, serverDatabaseForTest, type TestDatabase } from "../testing.ts";
import { openJoining } from "./joining.ts";
import { membersOf } from "./members.ts";

/** Two truly meet only where there are two connections. */
const SERVER = process.env.TEST_DATABASE_URL ?? "";
const nothing = () => {};

describe.skipIf(!SERVER)("people of a tenant who act at the same moment", () => {
  let database: TestDatabase;
  let tenants = 0;

  beforeAll(async () => {
    database = await serverDatabaseForTest(SERVER);
  });
  afterAll(() => database?.close());

  async function tenantWithTwoAdmins(): Promise<{ tenant: TenantId; admins: [MemberId, MemberId] }> {
    const build = builders(database);
    const tenant = await build.tenant({ slug: `race-${++tenants}`, name: "Race" });
    const admin = (name: string) => build.member(tenant, { name, role: "admin" });
    return { tenant, admins: [await admin("Ada"), await admin("Bo")] };
  }
  const adminsLeft = (tenant: TenantId) =>
    inTenant(
      database,
      scopeOf(tenant),
    )((tx) => tx.member.count({ where: { tenantId: tenant, role: "admin", leftAt: null } }));

  it("leave one administrator when the last two remove each other", async () => {
    for (let round = 0; round < 10; round++) {
      const { tenant, admins } = await tenantWithTwoAdmins();
      const members = membersOf(scopeOf(tenant), inTenant(database, scopeOf(tenant)), nothing);
      const [ada, bo] = admins;
      const by = (memberId: MemberId) => ({ memberId, role: "admin" as const });
      const outcomes = await Promise.all([members.remove(ada, by(bo)), members.remove(bo, by(ada))]);
      expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["done", "refused"]);
      expect(await adminsLeft(tenant)).toBe(1);
    }
  });

  it("would leave none if nobody were held, so the test above can fail", async () => {
    const { tenant, admins } = await tenantWithTwoAdmins();
    const both = gathering(2);
    const removeBlindly = (id: MemberId) =>
      inTenant(
        database,
        scopeOf(tenant),
      )(async (tx) => {
        const count = await tx.member.count({ where: { tenantId: tenant, role: "admin", leftAt: null } });
        await both();
        if (count > 1)
          await tx.member.updateMany({ where: { tenantId: tenant, id }, data: { role: "member", leftAt: new Date() } });
      });
    await Promise.all(admins.map(removeBlindly));
    expect(await adminsLeft(tenant)).toBe(0);
  });

  it("join once, of twenty who come with one link", async () => {
    const { tenant, admins } = await tenantWithTwoAdmins();
    const members = membersOf(scopeOf(tenant), inTenant(database, scopeOf(tenant)), nothing);
    const expiresAt = new Date(Date.now() + 3_600_000);
    const invitation = { email: "mo@example.org", role: "member", tokenHash: hashOf("the link"), expiresAt } as const;
    await members.invite(invitation, { memberId: admins[0], role: "admin" });
    const joining = openJoining(database, nothing);
    const joiner = { userId: null, name: "Mo", passwordHash: "-" };
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => joining.join(hashOf("the link"), joiner)));
    expect(outcomes.filter(({ kind }) => kind === "joined")).toHaveLength(1);
    expect((await members.list()).map(({ name }) => name)).toEqual(["Ada", "Bo", "Mo"]);
  });
});

/** Goes on when so many have come. */
function gathering(count: number): () => Promise<void> {
  let come = 0;
  const waiting: (() => void)[] = [];
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (++come === count) for (const goOn of waiting) goOn();
    });
}
