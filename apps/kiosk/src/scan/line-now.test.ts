import { describe, expect, it } from "vitest";
import { lineNow } from "./line-now.ts";

const answers = async () => true;
const refuses = async () => {
  throw new TypeError("Failed to fetch");
};

describe("the line of a desk", () => {
  it.each(["live", "polling"] as const)("is up while news arrive (%s), without asking", async (state) => {
    expect(await lineNow({ state, hasNetwork: true, reach: refuses })).toBe("up");
  });

  it.each(["connecting", "offline"] as const)(
    "is up when no news arrive (%s) and the server answers all the same: a socket breaks now and then",
    async (state) => {
      expect(await lineNow({ state, hasNetwork: true, reach: answers })).toBe("up");
    },
  );

  it("is down when the server does not answer, or answers that it cannot", async () => {
    expect(await lineNow({ state: "offline", hasNetwork: true, reach: refuses })).toBe("down");
    expect(await lineNow({ state: "connecting", hasNetwork: true, reach: async () => false })).toBe("down");
  });

  it("is down at once when the browser knows that there is no network", async () => {
    const asked: string[] = [];
    const reach = async () => asked.push("asked") > 0;
    expect(await lineNow({ state: "connecting", hasNetwork: false, reach })).toBe("down");
    expect(asked).toEqual([]);
  });
});
