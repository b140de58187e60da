import { randomUUID } from "node:crypto";
import type { MemberId, TenantId } from "@tessera/contracts";
import type { FlagActor, FlagBook } from "@tessera/domain/flags/flag-book";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { builders, embeddedForTest, type TestDatabase } from "../testing.ts";
import { flagBook } from "./flag-book.ts";

const KEY = "qr-checkout-enabled";
const as = (id: MemberId): FlagActor => ({ id, via: "console" });

describe("lifting a kill by two people", () => {
  let database: TestDatabase;
  let book: FlagBook;
  let tenant: TenantId;
  let [asks, agrees, elsewhere]: MemberId[] = [];

  beforeAll(async () => {
    database = await embeddedForTest();
    book = flagBook(database, () => {});
    const build = builders(database);
    const [userId, otherId] = [randomUUID(), randomUUID()];
    for (const id of [userId, otherId])
      await build.person({ id, name: "Operator", email: `${id}@tessera.example`, passwordHash: "" });
    tenant = await build.tenant({ slug: "first", name: "First" });
    const second = await build.tenant({ slug: "second", name: "Second" });
    asks = await build.member(tenant, { name: "Asks", role: "operator", userId });
    agrees = await build.member(tenant, { name: "Agrees", role: "operator", userId: otherId });
    elsewhere = await build.member(second, { name: "Asks, elsewhere", role: "operator", userId });
  });
  afterAll(() => database?.close());

  const by = (id: MemberId | undefined) => as(id ?? ("" as MemberId));
  const isKilled = async () => (await book.read()).settings.some(({ key, killed }) => key === KEY && killed !== null);
  async function asked(): Promise<string> {
    const change = await book.restore(KEY, "it was mended", by(asks), tenant);
    return change.kind === "asked" ? change.approval.id : "";
  }
  beforeEach(() => book.kill(KEY, "it burns", by(agrees)));

  it("is done when another agrees, and not when the one who asked does", async () => {
    const approval = await asked();
    expect(await book.approvals()).toMatchObject([{ id: approval, askedByName: "Asks" }]);
    expect(await book.settle(approval, true, by(asks))).toEqual({ kind: "refused", reason: "second_person" });
    expect(await isKilled()).toBe(true);
    expect(await book.settle(approval, true, by(agrees))).toMatchObject({ kind: "changed", setting: { killed: null } });
  });

  it("wants another person, not another membership of the same one", async () => {
    const approval = await asked();
    expect(await book.settle(approval, true, by(elsewhere))).toEqual({ kind: "refused", reason: "second_person" });
    expect(await isKilled()).toBe(true);
  });

  it.each([
    ["by a person", () => book.kill(KEY, "it burns again", by(agrees))],
    [
      "in SQL",
      () => database.asSuperuser(`UPDATE feature_flags SET killed_at = clock_timestamp() WHERE key = '${KEY}'`),
    ],
  ])("is not what was asked of an older kill: the flag was killed anew %s", async (_, killAnew) => {
    const approval = await asked();
    await killAnew();
    expect(await book.approvals()).toEqual([]);
    expect(await book.settle(approval, true, by(agrees))).toEqual({ kind: "refused", reason: "nothing_asked" });
    expect(await isKilled()).toBe(true);
  });

  it("leaves nothing to agree to when somebody lifts the kill otherwise", async () => {
    await asked();
    await database.asSuperuser(`UPDATE feature_flags SET killed_at = NULL WHERE key = '${KEY}'`);
    expect(await book.approvals()).toEqual([]);
  });
});
