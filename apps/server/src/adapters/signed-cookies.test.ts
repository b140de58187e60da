import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { signedAnew } from "./signed-cookies.ts";

const signed = (value: string, secret: string) =>
  encodeURIComponent(`${value}.${createHmac("sha256", secret).update(value).digest("base64")}`);

it("signs anew what a secret from before has signed, and nothing else", () => {
  const cookies = [
    `theme=dark`,
    `session=${signed("abc", "old")}`,
    `other=${signed("def", "oldest")}`,
    `made=${signed("ghi", "stranger")}`,
    `mine=${signed("jkl", "new")}`,
    "broken=%E0%A4%A",
  ].join("; ");
  expect(signedAnew(cookies, ["new", "old", "oldest"]).split("; ")).toEqual([
    "theme=dark",
    `session=${signed("abc", "new")}`,
    `other=${signed("def", "new")}`,
    `made=${signed("ghi", "stranger")}`,
    `mine=${signed("jkl", "new")}`,
    "broken=%E0%A4%A",
  ]);
});

it("leaves everything as it is where there was no secret before", () => {
  const cookies = `session=${signed("abc", "old")}`;
  expect(signedAnew(cookies, ["new"])).toBe(cookies);
});
