import { describe, expect, it } from "vitest";
import { labelIn } from "./label-in.ts";

const KEY = "0W3GE1R70W3GE1R79";

describe("what a member scans or types", () => {
  it.each([
    `https://lend.example/l/${KEY}`,
    `http://localhost:4000/l/${KEY.toLowerCase()}?from=poster`,
    "0w3g e1r7 0w3g e1r79",
    ` ${KEY}\n`,
  ])("is a label: %j", (text) => expect(labelIn(text)).toBe(KEY));

  it.each(["", "https://example.com", `https://lend.example/img/${KEY}.svg`, "T10MF4Z2A9Q7B3", `${KEY}0`])(
    "is none: %j",
    (text) => expect(labelIn(text)).toBeNull(),
  );
});
