import { expect, it } from "vitest";
import { kindFor } from "./kind-for.ts";
import { NOON } from "./testing.ts";

const day = new Date(NOON.getTime() + 24 * 3_600_000);

it.each(["compact", "signed", "rotating"] as const)(
  "makes a %s code of at most a day, and a compact one beyond",
  (wanted) => {
    expect(kindFor(wanted, NOON, day)).toBe(wanted);
    expect(kindFor(wanted, NOON, new Date(day.getTime() + 1))).toBe("compact");
  },
);
