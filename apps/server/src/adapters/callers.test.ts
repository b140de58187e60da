import type { ApiKeyId, DeviceId, MemberId, TenantId } from "@tessera/contracts";
import { type Gate, openGate } from "@tessera/db";
import { embeddedForTest, hashOf } from "@tessera/db/testing";
import { expect, it } from "vitest";
import { openCallers } from "./callers.ts";
import type { SignIn } from "./sign-in.ts";

const [library, hotel] = ["library" as TenantId, "hotel" as TenantId];
const TOKENS = { library: `tsd_${"a".repeat(30)}`, hotel: `tsd_${"b".repeat(30)}` };
const NOON = new Date("2026-11-26T12:00:00Z");
const COOKIE = { cookie: "somebody" };

/** Two desks and a person, and how often the database was asked for them. */
function callersOf() {
  const asked = {
    devices: 0,
    sessions: 0,
    memberships: 0,
    keys: 0,
    today: NOON,
    blocked: false,
    until: Promise.resolve(),
  };
  const desks = [library, hotel];
  const gate = {
    async device() {
      const id = desks[asked.devices++ % 2] as TenantId;
      const isBlocked = asked.blocked;
      await asked.until;
      return isBlocked ? null : { deviceId: "desk" as DeviceId, name: "Desk", tenant: { id, name: id } };
    },
    async apiKey() {
      asked.keys++;
      const tenant = { id: library, name: library };
      return { keyId: "key" as ApiKeyId, name: "Key", scopes: [], endsAt: new Date(NOON.getTime() + 1), tenant };
    },
    async memberships() {
      asked.memberships++;
      const tenant = { id: library, name: library, slug: library };
      return [{ memberId: "ann" as MemberId, name: "Ann", role: "member" as const, waitingRole: null, tenant }];
    },
  } as unknown as Gate;
  const signIn = {
    sessionIn: (cookie: string) => cookie,
    personOf: async () => {
      asked.sessions++;
      return { userId: "user" };
    },
  } as unknown as SignIn;
  const callers = openCallers({ gate, signIn, now: () => 0, today: () => asked.today });
  return { asked, callers, desk: (of: keyof typeof TOKENS) => callers.recognise({}, { token: TOKENS[of] }) };
}

it("asks the database once for who comes again within a moment", async () => {
  const { asked, callers, desk } = callersOf();
  for (let call = 0; call < 3; call++) await Promise.all([desk("library"), callers.recognise(COOKIE)]);
  expect(asked).toMatchObject({ devices: 1, sessions: 1, memberships: 1 });
});

it("asks anew for a tenant in which somebody's rights changed, and for no other", async () => {
  const { asked, callers, desk } = callersOf();
  for (const of of ["library", "hotel"] as const) await desk(of);
  await callers.recognise(COOKIE);
  callers.forget(library);
  asked.blocked = true;
  expect(await desk("library")).toBeNull();
  expect(await desk("hotel")).not.toBeNull();
  await callers.recognise(COOKIE);
  expect(asked).toMatchObject({ devices: 3, memberships: 2 });
});

it("does not remember an answer that was asked for before the rights changed and came after", async () => {
  const { asked, callers, desk } = callersOf();
  const answer = { come: () => {} };
  asked.until = new Promise((resolve) => {
    answer.come = resolve;
  });
  const early = desk("library");
  callers.forget(library);
  asked.blocked = true;
  answer.come();
  expect(await early).not.toBeNull();
  expect(await desk("library")).toBeNull();
});

it("finds out whose a token is with one statement, and with none while it remembers", async () => {
  const database = await embeddedForTest();
  const hash = Buffer.from(hashOf(TOKENS.library)).toString("hex");
  await database.asSuperuser(`
    WITH t AS (INSERT INTO tenants (slug, name, template) VALUES ('one', 'One', 'tool_library') RETURNING id)
    INSERT INTO devices (tenant_id, name, token_hash) SELECT id, 'Desk', '\\x${hash}' FROM t`);
  const statements: string[] = [];
  const hot = {
    query: (statement: { text: string }) => {
      statements.push(statement.text);
      return database.hot.query(statement as never);
    },
  };
  const gate = openGate({ ...database, hot, prisma: null } as unknown as typeof database, () => {});
  let now = 0;
  const callers = openCallers({ gate, signIn: {} as SignIn, now: () => now, today: () => NOON });
  const known = await callers.recognise({ authorization: `Bearer ${TOKENS.library}` });
  expect(known).toMatchObject({ kind: "device", name: "Desk", standing: "working" });
  expect(statements).toHaveLength(1);

  for (let call = 0; call < 100; call++) await callers.recognise({}, { token: TOKENS.library });
  expect(statements).toHaveLength(1);
  now = 5_001;
  await callers.recognise({}, { token: TOKENS.library });
  expect(statements).toHaveLength(2);
  await database.close();
});

it("believes a key until the moment it ends, although it remembers it", async () => {
  const { asked, callers } = callersOf();
  const key = () => callers.recognise({}, { token: `tsk_${"a".repeat(30)}` });
  expect(await key()).toMatchObject({ kind: "key" });
  asked.today = new Date(NOON.getTime() + 1);
  expect(await key()).toBeNull();
  expect(asked.keys).toBe(1);
});

it("takes nothing for a token that is none, without asking anybody", async () => {
  const { asked, callers } = callersOf();
  for (const token of ["", "tsx_aaaaaaaaaaaaaaaaaaaaaaaaa", "tsd_short", `tsd_${"a".repeat(30)}'`]) {
    expect(await callers.recognise({}, { token })).toBeNull();
  }
  expect(asked.devices).toBe(0);
});

it("asks anew whether a session still holds when its person's rights changed, or anybody's account did", async () => {
  const { asked, callers } = callersOf();
  await callers.person(COOKIE);
  callers.forget(library);
  await callers.person(COOKIE);
  callers.forget(hotel);
  await callers.person(COOKIE);
  expect(asked.sessions).toBe(2);
  callers.forgetPeople();
  await callers.person(COOKIE);
  expect(asked.sessions).toBe(3);
});

it("takes a person for the member of the tenant that they name, and for nobody in a tenant of others", async () => {
  const { callers } = callersOf();
  expect(await callers.recognise(COOKIE, { tenant: library })).toMatchObject({ memberId: "ann" });
  expect(await callers.recognise({ ...COOKIE, "x-tessera-tenant": library })).toMatchObject({ memberId: "ann" });
  expect(await callers.recognise(COOKIE, { tenant: hotel })).toBeNull();
});
