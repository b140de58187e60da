import { randomUUID } from "node:crypto";
import type { TenantId } from "@tessera/contracts";
import { type Finding, sealSigner } from "@tessera/db";
import { builders, embeddedForTest, type TestDatabase } from "@tessera/db/testing";
import { shelfForTest } from "@tessera/db/testing-shelf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWatch } from "./watch.ts";

const HOUR = 3_600_000;

describe("the watch", () => {
  let database: TestDatabase;
  let tenant: TenantId;
  let clock = new Date();
  const letters: string[] = [];
  let watches: Array<ReturnType<typeof watching>>;

  beforeAll(async () => {
    database = await embeddedForTest();
    tenant = await builders(database).tenant({ slug: "watched", name: "Watched" });
    await happen();
    watches = [watching(), watching()];
  });
  afterAll(async () => {
    for (const { watch } of watches ?? []) await watch.stop();
    await database?.close();
  });

  async function happen(): Promise<void> {
    const text =
      "INSERT INTO outbox (tenant_id, type, entity_id, entity_version, payload) VALUES ($1, 'x', $2, 0, '{}')";
    await database.hot.query(text, [tenant, randomUUID()]);
    await database.hot.query("SELECT count(*) FROM relay_outbox(500)");
  }

  /** What one process does, tells on its metrics, and writes into its log. */
  function watching() {
    const gauge: Record<string, number> = {};
    const told: string[] = [];
    const watch = startWatch({
      database,
      signer: sealSigner("a secret of thirty-two letters or more"),
      now: () => clock,
      post: { send: ({ to, subject }) => letters.push(`${to}: ${subject}`) },
      loansPage: "https://lend.example/loans",
      metrics: {
        invariantsChecked: (findings) => {
          for (const { invariant, violations } of findings) gauge[invariant] = violations;
        },
      },
      onFinding: ({ invariant, violations }: Finding) => told.push(`${invariant}: ${violations}`),
      onBrokenJournal: ({ seq, because }) => told.push(`no seal: ${because} at ${seq}`),
      onTrouble: (cause) => told.push(String(cause)),
    });
    return { watch, gauge, told };
  }

  async function everyProcessLooks(afterMs: number): Promise<void> {
    clock = new Date(clock.getTime() + afterMs);
    for (const { watch } of watches) await watch.look();
  }
  const toldByAll = () => watches.flatMap(({ told }) => told.splice(0));
  const breakHead = (how: "broken" | "whole") =>
    database.hot.query(
      `UPDATE stream_heads SET hash = ${how === "broken" ? "'\\x01' || hash" : "substring(hash from 2)"}`,
    );

  it("says that all is well, in every process", async () => {
    await everyProcessLooks(0);
    expect(watches.map(({ gauge }) => gauge)).toEqual(Array(2).fill({ I1: 0, I2: 0, I6: 0, I12: 0 }));
    expect(toldByAll()).toEqual([]);
  });

  it("finds what is wrong within a minute: one process looks, and all of them tell", async () => {
    await breakHead("broken");
    await everyProcessLooks(60_000);
    expect(watches.map(({ gauge }) => gauge.I12)).toEqual([1, 1]);
    expect(toldByAll()).toEqual(["I12: 1"]);
  });

  it("tells that it is well again when it is", async () => {
    await breakHead("whole");
    await everyProcessLooks(60_000);
    expect(watches.map(({ gauge }) => gauge.I12)).toEqual([0, 0]);
  });

  it("seals the journals by itself, and tells of one that must not be sealed", async () => {
    const seals = async () => (await database.hot.query("SELECT count(*)::int AS n FROM journal_seals")).rows[0].n;
    expect(await seals()).toBe(1);
    await happen();
    await database.hot.query("ALTER TABLE journal DISABLE TRIGGER USER");
    await database.hot.query("UPDATE journal SET entity_version = 7 WHERE seq = 2");
    await everyProcessLooks(25 * HOUR);
    expect(await seals()).toBe(1);
    expect(toldByAll()).toEqual(["I12: 1", "no seal: hash at 2"]);
    expect(watches.map(({ gauge }) => gauge.I12)).toEqual([1, 1]);
  });

  it("looks after the journals although nothing can be tidied up", async () => {
    await database.hot.query("ALTER TABLE signals RENAME TO gone");
    await everyProcessLooks(25 * HOUR);
    await database.hot.query("ALTER TABLE gone RENAME TO signals");
    const told = toldByAll();
    expect(told).toContain("no seal: hash at 2");
    expect(told).toContainEqual(expect.stringContaining("signals"));
    expect(watches.map(({ gauge }) => gauge.I12)).toEqual([1, 1]);
  });

  it("offers what nobody fetched to the next who waits, once its time is over", async () => {
    const shelf = await shelfForTest(database);
    const [ann, ben, cleo] = [await shelf.member("Ann"), await shelf.member("Ben"), await shelf.member("Cleo")];
    const drill = await shelf.thing("Drill");
    await shelf.scanned(ann, drill);
    for (const one of [ben, cleo]) await shelf.rooms.queue.join(drill, one, new Date());
    await shelf.scanned(ann, drill, "check_in");
    const isKeptFor = async (who: typeof ann) => (await shelf.rooms.queue.of(who))[0]?.heldUntil ?? null;
    expect([await isKeptFor(ben), await isKeptFor(cleo)]).toEqual([expect.any(String), null]);

    await everyProcessLooks(25 * HOUR);
    expect([await isKeptFor(ben), await isKeptFor(cleo)]).toEqual([null, expect.any(String)]);
  });

  it("writes once to whom a loan is due, whoever looks and however often", async () => {
    const shelf = await shelfForTest(database);
    const userId = randomUUID();
    await builders(database).person({ id: userId, name: "Dora", email: "dora@example.org", passwordHash: "-" });
    const dora = await builders(database).member(shelf.tenant, { name: "Dora", userId });
    await shelf.scanned(dora, await shelf.thing("Tent"));
    clock = new Date(clock.getTime() + 30 * 24 * HOUR);
    clock.setUTCHours(12);
    for (let look = 0; look < 3; look++) await everyProcessLooks(HOUR);
    expect(letters.filter((letter) => letter.startsWith("dora"))).toEqual(["dora@example.org: Tent is overdue"]);
  });

  it("goes on when the database was away", async () => {
    await database.hot.query("ALTER TABLE watch_tasks RENAME TO gone");
    await everyProcessLooks(60_000);
    expect(toldByAll().length).toBeGreaterThan(0);
    await database.hot.query("ALTER TABLE gone RENAME TO watch_tasks");
    await everyProcessLooks(60_000);
    expect(watches.map(({ gauge }) => gauge.I12)).toEqual([1, 1]);
  });
});
