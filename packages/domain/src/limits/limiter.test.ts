import { expect, it } from "vitest";
import { type Left, takeOne } from "./limiter.ts";
import type { Quota } from "./policies.ts";

const quota = (id: string): Quota => ({ class: "scan", holder: "desk", id, points: 10 });

/** A limiter that answers as told, by id. */
const answering = (answers: Record<string, Partial<Left>>) => ({
  take: async ({ id }: Quota): Promise<Left> => ({
    isAllowed: true,
    limit: 10,
    remaining: 5,
    resetsInMs: 1_000,
    ...answers[id],
  }),
});

it("says nothing where there is no allowance", async () => {
  expect(await takeOne(answering({}), [])).toBeNull();
});

it("tells of the allowance nearest to its end, by its share and not by its number", async () => {
  const limiter = answering({ small: { limit: 10, remaining: 5 }, large: { limit: 3_000, remaining: 30 } });
  expect((await takeOne(limiter, [quota("small"), quota("large")]))?.quota.id).toBe("large");
});

it("refuses when one of them is used up, and tells of the one that takes longest", async () => {
  const limiter = answering({
    soon: { isAllowed: false, remaining: 0, resetsInMs: 1_000 },
    late: { isAllowed: false, remaining: 0, resetsInMs: 30_000 },
  });
  const taken = await takeOne(limiter, [quota("free"), quota("soon"), quota("late")]);
  expect(taken).toMatchObject({ isAllowed: false, quota: { id: "late" } });
});
