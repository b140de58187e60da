import type { CodeText } from "@tessera/contracts";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { CodeCard } from "./code-card.tsx";
import { groupsOfFour } from "./groups-of-four.ts";

const text = "T10ABCDEFGHJKMNPQRSTVWXYZ01234" as CodeText;
const markup = (mask: number) =>
  renderToStaticMarkup(<CodeCard text={text} mask={mask} label="Code to take the drill" hint="Type these letters" />);

describe("a code card", () => {
  it("leaves a quiet zone of four modules around the 25 of an opaque code", () => {
    expect(markup(3)).toContain('viewBox="-4 -4 33 33"');
  });

  it("is one picture with a name that does not tell the code", () => {
    const label = markup(0).match(/role="img" aria-label="([^"]*)"/)?.[1];
    expect(label).toBe("Code to take the drill");
    expect(label).not.toContain(text);
  });

  it("draws the mask it was given", () => {
    expect(markup(1)).not.toBe(markup(2));
  });

  it("draws nothing outside its own tile for a mask nobody knows", () => {
    expect(markup(9)).toContain("<path");
  });
});

describe("groups of four", () => {
  it.each([
    ["T10ABCDEFG", ["T10A", "BCDE", "FG"]],
    ["", []],
    ["ABCD", ["ABCD"]],
  ])("%s", (letters, groups) => {
    expect(groupsOfFour(letters)).toEqual(groups);
  });
});
