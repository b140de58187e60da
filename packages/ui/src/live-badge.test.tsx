import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { LiveBadge, type LiveBadgeProps } from "./live-badge.tsx";

const shown = (state: LiveBadgeProps["state"], since: Date | null = new Date()) => {
  const markup = renderToStaticMarkup(<LiveBadge state={state} since={since} locale="en" />);
  return { markup, words: markup.replace(/<[^>]*>/g, "") };
};

it.each([
  ["live", "Live"],
  ["polling", "Live, a little slower"],
  ["connecting", "Connecting…"],
  ["offline", "Offline, last news now"],
] as const)("says in words how fresh what one sees is: %s", (state, words) => {
  expect(shown(state).words).toBe(words);
});

it("says it by a shape of its own, too, so that nobody has to tell colours apart", () => {
  const dots = (["live", "polling", "connecting", "offline"] as const).map(
    (state) => shown(state, null).markup.match(/<svg.*<\/svg>/)?.[0],
  );
  expect(new Set(dots).size).toBe(4);
});
