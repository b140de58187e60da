import { expect, it } from "vitest";
import { noRedemptions, type RedeemedEvent, withRedemption } from "./redemptions.ts";

const event = (codeId: string) => ({ type: "code.redeemed", entityId: codeId }) as RedeemedEvent;

it("finds a redemption by its code", () => {
  expect(withRedemption(noRedemptions, event("a")).get("a")).toEqual(event("a"));
});

it("keeps the last fifty and lets the oldest go", () => {
  const heard = Array.from({ length: 60 }, (_, number) => event(`code-${number}`)).reduce(
    withRedemption,
    noRedemptions,
  );
  expect(heard.size).toBe(50);
  expect(heard.has("code-9")).toBe(false);
  expect(heard.has("code-59")).toBe(true);
});
