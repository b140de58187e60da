import { expect, it } from "vitest";
import { csvOf } from "./csv.ts";

it("puts what a comma or a quote would break into quotes", () => {
  expect(csvOf(["a", "b"], [['say "hi"', "one, two"]])).toBe('\uFEFFa,b\r\n"say ""hi""","one, two"\r\n');
});

it.each(["=1+1", "+1", "-1", "@sum"])("lets no spreadsheet calculate with %s", (text) => {
  expect(csvOf([], [[text]])).toContain(`'${text}`);
});
