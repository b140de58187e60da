import { describe, expect, it } from "vitest";
import { failureIn, untilAnswered } from "./retry.ts";

/** An error as the client throws it: `data` is what the server said, undefined when no answer came. */
const thrown = (data?: object | null) => Object.assign(new Error("x"), { name: "TRPCClientError", data });

/** Fails with these, one after the other, then answers; counts how often it was asked. */
function failing(...errors: unknown[]) {
  const asked = { times: 0 };
  const ask = async () => {
    asked.times++;
    const error = errors.shift();
    if (error) throw error;
    return "answer";
  };
  return { ask, asked };
}
const pauses: number[] = [];
const pause = async (ms: number) => void pauses.push(ms);

describe("asking until there is an answer", () => {
  it.each([
    ["somebody is just using the code", thrown({ failure: "busy" })],
    ["nobody knows what became of it", thrown({ failure: "unknown_outcome" })],
    ["the server cannot be reached", thrown()],
  ])("asks again while %s", async (_why, error) => {
    const { ask, asked } = failing(error, error);
    expect(await untilAnswered(ask, { pause })).toBe("answer");
    expect(asked.times).toBe(3);
  });

  it("does not ask again what the server has refused for good", async () => {
    const { ask, asked } = failing(thrown({ failure: null, code: "FORBIDDEN" }));
    await expect(untilAnswered(ask, { pause })).rejects.toThrow();
    expect(asked.times).toBe(1);
  });

  it("gives up after the tries it was given, and throws the last failure", async () => {
    const { ask, asked } = failing(...Array.from({ length: 9 }, () => thrown({ failure: "busy" })));
    await expect(untilAnswered(ask, { pause, tries: 4 })).rejects.toMatchObject({ data: { failure: "busy" } });
    expect(asked.times).toBe(4);
  });

  it("waits longer each time, and never the same for everybody", async () => {
    pauses.length = 0;
    const { ask } = failing(thrown(), thrown(), thrown(), thrown());
    await untilAnswered(ask, { pause });
    for (const [index, ms] of pauses.entries()) {
      const most = Math.min(4_000, 200 * 2 ** (index + 1));
      expect(ms).toBeGreaterThanOrEqual(most / 2);
      expect(ms).toBeLessThanOrEqual(most);
    }
  });

  it("does not wait for a server that says nothing", async () => {
    let attempts = 0;
    const silent = (signal: AbortSignal) =>
      new Promise<string>((resolve, reject) => {
        if (++attempts === 3) resolve("answer");
        signal.addEventListener("abort", () => reject(thrown()));
      });
    expect(await untilAnswered(silent, { pause, patienceMs: 5 })).toBe("answer");
    expect(attempts).toBe(3);
  });

  it("stops when the caller gives up", async () => {
    const { ask, asked } = failing(thrown(), thrown());
    await expect(untilAnswered(ask, { pause, signal: AbortSignal.abort() })).rejects.toThrow();
    expect(asked.times).toBe(1);
  });
});

it("does not take a fault of the program for a server that cannot be reached", () => {
  expect(failureIn(new TypeError("x is not a function"))).toBeNull();
});
