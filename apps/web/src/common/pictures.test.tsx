import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { KindPicture } from "./kind-picture.tsx";
import { SignPicture } from "./sign-picture.tsx";

it("draws a sign by its word, and nothing for a word it does not know", () => {
  expect(renderToStaticMarkup(<SignPicture word="lemon" />)).toContain("<svg");
  expect(renderToStaticMarkup(<SignPicture word="zeppelin" />)).toBe("");
});

it("draws a balloon for a kind it does not know", () => {
  const drawn = (picture: string) => renderToStaticMarkup(<KindPicture picture={picture} />);
  expect(drawn("zeppelin")).toBe(drawn("message"));
  expect(drawn("towel")).not.toBe(drawn("message"));
});
