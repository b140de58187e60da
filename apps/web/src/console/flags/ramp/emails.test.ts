import { expect, it } from "vitest";
import { emailsIn } from "./emails.ts";

it.each([
  ["one a line", "ann@x.example\nbob@x.example"],
  ["with commas", "ann@x.example, bob@x.example"],
  ["as a mail program copies them", "Ann Example <ann@x.example>; Bob <bob@x.example>"],
  ["each once, whatever the letters", "ann@x.example\nANN@x.example\nbob@x.example"],
])("takes addresses %s", (_how, text) => {
  expect(emailsIn(text)).toEqual({ emails: ["ann@x.example", "bob@x.example"], wrong: [] });
});

it("says what is no address", () => {
  expect(emailsIn("ann@x.example\nbob\n@x.example\ncleo@x")).toEqual({
    emails: ["ann@x.example"],
    wrong: ["bob", "@x.example", "cleo@x"],
  });
});
