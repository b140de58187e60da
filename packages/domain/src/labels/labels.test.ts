import { MOST_LABELS } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { deadBecause, labelName, serialOf } from "./labels.ts";

describe("a label", () => {
  it.each([
    [{ resourceId: "drill", endedBecause: null, isInUse: true }, null],
    [{ resourceId: null, endedBecause: null, isInUse: false }, "unbound"],
    [{ resourceId: "drill", endedBecause: null, isInUse: false }, "thing_retired"],
    [{ resourceId: "drill", endedBecause: "replaced", isInUse: true }, "replaced"],
    [{ resourceId: null, endedBecause: "retired", isInUse: false }, "retired"],
  ] as const)("with %j leads nowhere because it is %s", (facts, because) => expect(deadBecause(facts)).toBe(because));

  it("has a name that no other has", () => {
    expect(labelName(serialOf(7, 12))).toBe("B7-012");
    expect(labelName(serialOf(1, MOST_LABELS))).toBe("B1-500");
  });
});
