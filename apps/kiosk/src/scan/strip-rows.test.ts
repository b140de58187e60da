import type { RedemptionId, ResourceId } from "@tessera/contracts";
import { expect, it } from "vitest";
import { redeemed, refused } from "../testing.ts";
import { stripRows } from "./strip-rows.ts";

const speech = { locale: "en-GB", timeZone: "UTC", now: new Date("2026-11-21T15:00:00Z") };
const at = (minute: number) => `2026-11-21T14:${String(minute).padStart(2, "0")}:00.000Z`;
const drill = { id: "drill" as ResourceId, name: "Drill" };
const elsewhere = (redemptionId: string, minute: number) => ({
  redemptionId: redemptionId as RedemptionId,
  resourceId: drill.id,
  purpose: "check_out" as const,
  at: at(minute),
});
const own = (number: number) => ({ outcome: redeemed(number), at: at(number) });

it("tells whose and what, or why not", () => {
  const used = { at: at(0), desk: "Desk 2", holder: "Ada", resource: "Saw", useNo: 1, maxUses: 1 };
  const recent = [
    { outcome: refused(2, { reason: "already_redeemed", evidence: used }), at: at(2) },
    { outcome: redeemed(1), at: at(1) },
  ];
  expect(stripRows({ recent, elsewhere: [] }, [], speech)).toMatchObject([
    { tone: "no", way: null, title: "Already used", about: "Saw", time: "14:02" },
    { tone: "yes", way: "Out", title: "Drill", about: "Ada", time: "14:01" },
  ]);
});

it("tells taken from returned, here and elsewhere", () => {
  const back = { outcome: redeemed(1, { purpose: "check_in" }), at: at(1) };
  expect(stripRows({ recent: [back], elsewhere: [elsewhere("a", 0)] }, [drill], speech)).toMatchObject([
    { way: "Back", title: "Drill" },
    { way: "Out", title: "Drill", about: "elsewhere" },
  ]);
});

it("does not tell a redemption of its own a second time as one from elsewhere", () => {
  const mine = redeemed(1).redemptionId;
  expect(stripRows({ recent: [own(1)], elsewhere: [elsewhere(mine, 1)] }, [drill], speech)).toHaveLength(1);
});

it("gives other desks the room that is left, by time, and names what it knows", () => {
  const desk = {
    recent: [own(4), own(3), own(2)],
    elsewhere: [elsewhere("c", 9), elsewhere("b", 1), elsewhere("a", 0)],
  };
  expect(stripRows(desk, [drill], speech).map(({ id, isElsewhere }) => (isElsewhere ? id : "own"))).toEqual([
    "c",
    "own",
    "own",
    "own",
    "b",
  ]);
});
