import { describe, expect, it } from "vitest";
import { backOff } from "./back-off.ts";

const MINUTE = 60_000;

/** A back-off whose waits are as long as they can be, and its clock. */
function longest() {
  const clock = { now: 0 };
  const tries = backOff({ now: () => clock.now, random: () => 1 });
  return {
    ...tries,
    clock,
    /** A socket that opened, held for so long, and was closed with this code. */
    held(ms: number, code = 1006) {
      tries.opened();
      clock.now += ms;
      tries.closed(code);
    },
    waits: (times: number) => Array.from({ length: times }, () => tries.next()),
  };
}

describe("the wait before a socket is tried again", () => {
  it("is anything from nothing on, so that many who lost theirs at once do not come at once", () => {
    const { next } = backOff({ now: () => 0, random: () => 0 });
    expect([next(), next(), next()]).toEqual([0, 0, 0]);
  });

  it("may be half a second at first, twice as long each time, and never more than thirty", () => {
    expect(longest().waits(8)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it("grows on over sockets that open and do not last", () => {
    const { waits, held } = longest();
    const seen = Array.from({ length: 5 }, () => {
      held(30_000);
      return waits(1)[0];
    });
    expect(seen).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
  });

  it("begins anew after a socket that held for a minute", () => {
    const { waits, held } = longest();
    waits(6);
    held(MINUTE);
    expect(waits(2)).toEqual([500, 1_000]);
  });

  it("begins anew when a server asks to come back elsewhere over a socket that has held for a minute", () => {
    const { waits, opened, clock } = longest();
    waits(6);
    opened();
    clock.now += MINUTE;
    expect(waits(2)).toEqual([500, 1_000]);
  });

  it("is spread over five seconds when a server goes away, since it says so to all of them at once", () => {
    const { waits, held } = longest();
    held(MINUTE, 1001);
    expect(waits(2)).toEqual([5_000, 1_000]);
  });

  it.each([4403, 4429, 4413])("is long after a refusal (%i), however long the socket held", (code) => {
    const { waits, held } = longest();
    held(10 * MINUTE, code);
    expect(waits(1)).toEqual([4_000]);
    held(10 * MINUTE, code);
    expect(waits(1)).toEqual([8_000]);
    held(10 * MINUTE);
    expect(waits(1)).toEqual([500]);
  });
});
