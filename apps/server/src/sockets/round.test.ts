import { describe, expect, it } from "vitest";
import type { Closing } from "./closing.ts";
import { PING_FRAME } from "./frame.ts";
import { LIMITS } from "./limits.ts";
import { lookAfter, watched } from "./round.ts";

/** A line that is looked after once a second, from second 0 on. */
function lineThat({ answers = true, stands = false, introducedAt = 0 } = {}) {
  const told = { pingsAt: [] as number[], recheckedAt: [] as number[], cut: null as [Closing, number] | null };
  const end = (why: Closing) => {
    told.cut = [why, second];
  };
  let second = 0;
  const line = {
    write(frame: Buffer) {
      expect(frame).toBe(PING_FRAME);
      told.pingsAt.push(second);
      if (answers) one.pings = 0;
    },
    cut: end,
    close: end,
    standsStill: () => stands,
  };
  const isIntroduced = () => second >= introducedAt;
  const one = watched({ line, isIntroduced, recheck: () => told.recheckedAt.push(second) }, 0, LIMITS);
  for (second = 1; second <= 130 && !told.cut; second++) lookAfter(one, second * 1_000, LIMITS);
  return told;
}

describe("the round", () => {
  it("pings every 25 seconds and asks every 60 who is there", () => {
    expect(lineThat()).toEqual({ pingsAt: [25, 50, 75, 100, 125], recheckedAt: [60, 120], cut: null });
  });

  it("cuts off who has not answered two pings", () => {
    expect(lineThat({ answers: false })).toMatchObject({ pingsAt: [25, 50], cut: ["silent", 75] });
  });

  it("closes the line of who announced that they would say who they are, and has not done so in ten seconds", () => {
    expect(lineThat({ introducedAt: 9 }).cut).toBeNull();
    expect(lineThat({ introducedAt: Number.POSITIVE_INFINITY }).cut).toEqual(["not_introduced", 10]);
  });

  it("cuts off who has read nothing for 15 seconds though something waits", () => {
    expect(lineThat({ stands: true })).toMatchObject({ cut: ["too_slow", 15] });
  });
});
