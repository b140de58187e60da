import { randomUUID } from "node:crypto";
import type { MemberId } from "@tessera/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { builders, embeddedForTest, type TestDatabase } from "../testing.ts";
import { type ShelfForTest, shelfForTest } from "../testing-shelf.ts";
import { takeDueReminders } from "./loan-reminders.ts";

const DAY_MS = 86_400_000;
let database: TestDatabase;
let shelf: ShelfForTest;
let ann: MemberId;

beforeAll(async () => {
  database = await embeddedForTest();
  shelf = await shelfForTest(database);
  const build = builders(database);
  const userId = randomUUID();
  await build.person({ id: userId, name: "Ann", email: "ann@example.org", passwordHash: "-" });
  ann = await build.member(shelf.tenant, { name: "Ann", userId });
});
afterAll(() => database?.close());

/** At noon, so many days after today. */
function noon(days: number): Date {
  const moment = new Date(Date.now() + days * DAY_MS);
  moment.setUTCHours(12, 0, 0, 0);
  return moment;
}
const stepsAt = async (now: Date) => (await takeDueReminders(database, now)).map(({ to, step }) => [to, step]);

it("sends each letter about a loan once, however many processes look, and anew when it was renewed", async () => {
  const week = 7 * 1_440;
  const drill = await shelf.thing("Drill", week);
  await shelf.scanned(ann, drill);
  await shelf.scanned(await shelf.member("Nobody with an address"), await shelf.thing("Saw", week));
  const [loan] = await shelf.rooms.checkouts.of(ann, new Date());
  const dueIn = Math.round((Date.parse(loan?.dueAt ?? "") - noon(0).getTime()) / DAY_MS);

  expect(await stepsAt(noon(2))).toEqual([]);
  const twice = await Promise.all([stepsAt(noon(dueIn - 1)), stepsAt(noon(dueIn - 1))]);
  expect(twice.flat()).toEqual([["ann@example.org", "tomorrow"]]);
  expect(await stepsAt(noon(dueIn + 1))).toEqual([["ann@example.org", "overdue"]]);
  expect(await stepsAt(noon(dueIn + 2))).toEqual([]);

  if (!loan) throw new Error("Ann has the drill");
  await shelf.rooms.checkouts.renew(loan.id, { memberId: ann, isStaff: false }, new Date());
  expect(await stepsAt(noon(dueIn + 2))).toEqual([]);
  expect(await stepsAt(noon(dueIn + 6))).toEqual([["ann@example.org", "tomorrow"]]);
});

it("sends none about what came back", async () => {
  await shelf.scanned(ann, await shelf.thing("Ladder", 1_440));
  const ladder = (await shelf.rooms.checkouts.of(ann, new Date())).find(({ resource }) => resource.name === "Ladder");
  if (!ladder) throw new Error("Ann has the ladder");
  await shelf.scanned(ann, ladder.resource.id, "check_in");
  expect((await takeDueReminders(database, noon(3))).map(({ resource }) => resource)).not.toContain("Ladder");
});
