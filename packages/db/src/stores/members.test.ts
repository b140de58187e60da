import { randomUUID } from "node:crypto";
import type { MemberId, TenantId } from "@tessera/contracts";
import type { Acting, Members } from "@tessera/domain/people/members";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openGate } from "../gate.ts";
import {
  builders,
  embeddedForTest,
  hashOf,
  inRole,
  inTenant,
  scopeOf,
  serverDatabaseForTest,
  type TestDatabase,
} from "../testing.ts";
import { openAccounts } from "./accounts.ts";
import { openJoining } from "./joining.ts";
import { membersOf } from "./members.ts";

const nothing = () => {};
const inAWeek = () => new Date(Date.now() + 7 * 24 * 3_600_000);

/** Row security and grants hold on the server's own roles only there. */
const SERVER = process.env.TEST_DATABASE_URL;
const databases: Array<[string, () => Promise<TestDatabase>]> = [["on the embedded database", embeddedForTest]];
if (SERVER) databases.push(["on a real PostgreSQL", () => serverDatabaseForTest(SERVER)]);

describe.each(databases)("the people of a tenant %s", (_on, open) => {
  let database: TestDatabase;
  let tenant: TenantId;
  let members: Members;
  let admin: Acting;
  let staff: Acting;
  let count = 0;

  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database?.close());

  beforeEach(async () => {
    count += 1;
    tenant = await builders(database).tenant({ slug: `people-${count}`, name: `People ${count}` });
    members = membersOf(scopeOf(tenant), inTenant(database, scopeOf(tenant)), nothing);
    admin = { memberId: (await person("Ada", "admin")).memberId, role: "admin" };
    staff = { memberId: (await person("Stan", "staff")).memberId, role: "staff" };
  });

  const emailOf = (name: string) => `${name.toLowerCase()}-${count}@example.org`;

  async function person(name: string, role: Acting["role"], inTenantOf = tenant) {
    const userId = randomUUID();
    await builders(database).person({ id: userId, name, email: emailOf(name), passwordHash: "-" });
    return { userId, memberId: await builders(database).member(inTenantOf, { name, role, userId }) };
  }

  /** Lends a thing for good, as far as a test goes. */
  async function lend(holder: MemberId): Promise<void> {
    const resource = await builders(database).resource(tenant, { name: "Drill" });
    await database.asSuperuser(`INSERT INTO checkouts (tenant_id, resource_id, holder_id, out_at, due_at)
      VALUES ('${tenant}', '${resource}', '${holder}', now(), now() + interval '1 day')`);
  }

  const invite = (name: string, token: string, by = admin, role: Acting["role"] = "member") =>
    members.invite({ email: emailOf(name), role, tokenHash: hashOf(token), expiresAt: inAWeek() }, by);
  const join = (token: string, name: string) =>
    openJoining(database, nothing).join(hashOf(token), { userId: null, name, passwordHash: "-" });
  const told = async (type: string) =>
    (
      await database.hot.query("SELECT entity_id, actor_id, payload FROM outbox WHERE tenant_id = $1 AND type = $2", [
        tenant,
        type,
      ])
    ).rows;

  it("are listed with their e-mail, which another tenant does not see", async () => {
    expect(await members.list()).toMatchObject([
      { name: "Ada", email: emailOf("Ada"), role: "admin" },
      { name: "Stan", email: emailOf("Stan"), role: "staff" },
    ]);
    const other = await builders(database).tenant({ slug: `others-${count}`, name: "Others" });
    const seen = await inTenant(database, scopeOf(other))((tx) => tx.user.count());
    expect(seen).toBe(0);
  });

  it("join once by a link, and are in the journal without their e-mail", async () => {
    expect(await invite("Mo", "token-1")).toMatchObject({ kind: "invited", invitation: { invitedBy: "Ada" } });
    expect(await join("token-1", "Mo")).toMatchObject({ kind: "joined", slug: `people-${count}` });
    expect(await join("token-1", "Mo")).toEqual({ kind: "refused", because: "unknown_invitation" });
    expect((await members.list()).map(({ name }) => name)).toEqual(["Ada", "Mo", "Stan"]);
    expect(await members.invitations()).toEqual([]);
    expect(JSON.stringify([await told("member.invited"), await told("member.joined")])).not.toContain("@");
  });

  it("cannot join by a link that was taken back, sent again, or is too old", async () => {
    const first = await invite("Mo", "token-2");
    if (first.kind !== "invited") throw new Error("not invited");
    await members.renew(first.invitation.id, { tokenHash: hashOf("token-3"), expiresAt: inAWeek() }, admin);
    expect(await join("token-2", "Mo")).toMatchObject({ because: "unknown_invitation" });
    expect(await openJoining(database, nothing).invitation(hashOf("token-3"))).toMatchObject({ hasAccount: false });
    expect(await members.revoke(first.invitation.id, admin)).toEqual({ kind: "done" });
    expect(await join("token-3", "Mo")).toMatchObject({ because: "unknown_invitation" });
    await members.invite(
      { email: emailOf("Mo"), role: "member", tokenHash: hashOf("token-4"), expiresAt: new Date(Date.now() - 1) },
      admin,
    );
    expect(await join("token-4", "Mo")).toMatchObject({ because: "unknown_invitation" });
  });

  it("with an account join with it, and with no other", async () => {
    const other = await builders(database).tenant({ slug: `house-${count}`, name: "House" });
    const { userId } = await person("Lou", "member", other);
    await invite("Lou", "token-5");
    const joining = openJoining(database, nothing);
    expect(await join("token-5", "Lou")).toEqual({ kind: "refused", because: "sign_in_first" });
    expect(await joining.join(hashOf("token-5"), { userId: randomUUID() })).toMatchObject({ because: "other_account" });
    expect(await joining.join(hashOf("token-5"), { userId })).toMatchObject({ kind: "joined" });
    expect((await openGate(database, nothing).memberships(userId)).map(({ tenant: { name } }) => name)).toEqual([
      "House",
      `People ${count}`,
    ]);
  });

  it("are invited by staff as members only, and by nobody into what they are already", async () => {
    expect(await invite("Mo", "token-6", staff, "staff")).toEqual({ kind: "refused", because: "may_not_grant" });
    expect(await invite("Ada", "token-7")).toEqual({ kind: "refused", because: "already_member" });
    await invite("Kim", "token-8", admin, "admin");
    expect(await invite("Kim", "token-9", staff)).toEqual({ kind: "refused", because: "may_not_touch" });
  });

  it("leave no tenant without its last administrator", async () => {
    const last = { kind: "refused", because: "last_admin" };
    expect(await members.remove(admin.memberId, admin)).toEqual(last);
    expect(await members.setRole({ memberId: admin.memberId, role: "member" }, admin)).toEqual(last);
    expect(await members.setRole({ memberId: staff.memberId, role: "admin" }, admin)).toEqual({ kind: "done" });
    expect(await members.remove(admin.memberId, admin)).toEqual({ kind: "done" });
    expect(await told("member.role_changed")).toMatchObject([{ payload: { role: "admin", was: "staff" } }]);
  });

  it("do not leave while they have something, and get no code once they have left", async () => {
    const { userId, memberId } = await person("Mo", "member");
    await lend(memberId);
    expect(await members.remove(memberId, admin)).toEqual({ kind: "refused", because: "still_out" });
    await database.asSuperuser(`UPDATE checkouts SET returned_at = now() WHERE holder_id = '${memberId}'`);
    expect(await members.remove(memberId, admin)).toEqual({ kind: "done" });
    expect(await members.remove(memberId, admin)).toEqual({ kind: "refused", because: "not_found" });
    expect(await openGate(database, nothing).memberships(userId)).toEqual([]);
    expect((await told("member.changed")).length).toBeGreaterThan(0); // their sockets close
  });

  it("who were members before are the same again", async () => {
    const { userId, memberId } = await person("Mo", "staff");
    await members.remove(memberId, admin);
    await invite("Mo", "token-10");
    await openJoining(database, nothing).join(hashOf("token-10"), { userId });
    expect(await openGate(database, nothing).memberships(userId)).toMatchObject([{ memberId, role: "member" }]);
  });

  it("have only the rights of a member while a second factor is needed and missing", async () => {
    const { userId } = await person("Eve", "admin");
    const settings = (isNeeded: boolean) =>
      database.asSuperuser(`UPDATE tenants SET staff_second_factor = ${isNeeded} WHERE id = '${tenant}'`);
    const memberships = () => openGate(database, nothing).memberships(userId);
    await settings(true);
    expect(await memberships()).toMatchObject([{ role: "member", waitingRole: "admin" }]);
    await database.asSuperuser(`UPDATE users SET two_factor_enabled = true WHERE id = '${userId}'`);
    expect(await memberships()).toMatchObject([{ role: "admin", waitingRole: null }]);
    const needed = (await told("member.changed")).filter(({ payload }) => "secondFactorNeeded" in payload);
    expect(needed).toHaveLength(3); // Ada, Stan and Eve
  });

  describe("who want their data", () => {
    it("get it, from every tenant, without a secret", async () => {
      const { userId, memberId } = await person("Mo", "member");
      await lend(memberId);
      await database.asSuperuser(`INSERT INTO reservations (tenant_id, resource_id, holder_id, from_at, until_at)
        SELECT tenant_id, id, '${memberId}', now() + interval '9 days', now() + interval '10 days' FROM resources
         WHERE tenant_id = '${tenant}'`);
      await database.asSuperuser(`INSERT INTO queue_places (tenant_id, resource_id, member_id)
        SELECT tenant_id, id, '${memberId}' FROM resources WHERE tenant_id = '${tenant}'`);
      await database.asSuperuser(`INSERT INTO sessions (id, token, user_id, expires_at)
        VALUES (gen_random_uuid(), 'secret-${count}', '${userId}', now() + interval '1 day')`);
      const data = await openAccounts(database, nothing).dataOf(userId, new Date(0));
      expect(data).toMatchObject({
        madeAt: "1970-01-01T00:00:00.000Z",
        account: { email: emailOf("Mo") },
        memberships: [
          {
            ...{ tenant: `People ${count}`, member: { role: "member" }, loans: [{ resource: { name: "Drill" } }] },
            ...{ reservations: [{ resource: { name: "Drill" } }], queues: [{ resource: { name: "Drill" } }] },
          },
        ],
      });
      expect(data.signIns).toHaveLength(1);
      expect(JSON.stringify(data)).not.toMatch(/secret|password|token/i);
    });

    it("erased are refused while something is out or they are the last administrator, and nothing is half done", async () => {
      const accounts = openAccounts(database, nothing);
      const { userId, memberId } = await person("Mo", "member");
      await lend(memberId);
      expect(await accounts.erase(userId)).toEqual({ kind: "refused", because: "still_out" });
      const [ada] = await inRole(database, "tessera_operator", (tx) =>
        tx.member.findMany({ where: { tenantId: tenant, id: admin.memberId } }),
      );
      expect(await accounts.erase(ada?.userId ?? "")).toEqual({ kind: "refused", because: "last_admin" });
      expect((await members.list()).map(({ email }) => email)).toContain(emailOf("Mo"));
    });

    it("erased leave a record without a name, and nothing else", async () => {
      const { userId, memberId } = await person("Mo", "member");
      await members.setRole({ memberId, role: "staff" }, admin);
      const alert = (subject: string, evidence: object) =>
        database.asSuperuser(`INSERT INTO security_alerts
          (tenant_id, kind, severity, subject_kind, subject_id, evidence, first_at, last_at, raised_at, count)
          VALUES ('${tenant}', 'code_reuse', 'info', ${subject}, '${JSON.stringify(evidence)}', now(), now(), now(), 1)`);
      await alert(`'member', '${memberId}'`, { name: "Mo", seen: {}, addresses: [], elsewhere: [] });
      await alert("'desk', 'd'", { name: "Desk", seen: {}, addresses: [], elsewhere: ["Bar", "Mo"] });
      expect(await openAccounts(database, nothing).erase(userId)).toEqual({ kind: "done" });
      const rows = async (sql: string) => (await database.hot.query(sql)).rows;
      const evidence = () =>
        inRole(database, "tessera_operator", (tx) =>
          tx.securityAlert.findMany({ where: { tenantId: tenant }, orderBy: { subjectKind: "desc" } }),
        );
      expect(await rows(`SELECT name, user_id FROM members WHERE id = '${memberId}'`)).toEqual([
        { name: "Former member", user_id: null },
      ]);
      expect(await rows(`SELECT id FROM users WHERE id = '${userId}'`)).toEqual([]);
      expect((await evidence()).map((row) => row.evidence)).toEqual([
        { name: null, seen: {}, addresses: [], elsewhere: [] },
        { name: "Desk", seen: {}, addresses: [], elsewhere: ["Bar"] },
      ]);
      expect(await told("member.erased")).toHaveLength(1);
      expect(await told("member.role_changed")).toHaveLength(1);
    });
  });

  it("have one name wherever they belong", async () => {
    const { userId } = await person("Mo", "member");
    await openAccounts(database, nothing).rename(userId, "Monika");
    expect((await members.list()).map(({ name }) => name)).toContain("Monika");
  });

  it("end a session of theirs, and none of somebody else's", async () => {
    const { userId } = await person("Mo", "member");
    const session = randomUUID();
    await database.asSuperuser(`INSERT INTO sessions (id, token, user_id, user_agent, expires_at)
      VALUES ('${session}', 'token-${session}', '${userId}', 'A browser', now() + interval '1 day')`);
    const accounts = openAccounts(database, nothing);
    expect(await accounts.sessions(userId, session)).toMatchObject([{ device: "A browser", isHere: true }]);
    expect(await accounts.endSession(randomUUID(), session)).toBe(false);
    expect(await accounts.endSession(userId, session)).toBe(true);
    expect(await told("session.ended")).toHaveLength(1);
  });
});
