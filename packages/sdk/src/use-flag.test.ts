// @vitest-environment jsdom
import { notifyManager } from "@tanstack/react-query";
import type { FlagDecision, ResourceId } from "@tessera/contracts";
import { act, createElement, type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { expect, it, vi } from "vitest";
import type { Connection } from "./connection.ts";
import { TesseraProvider, useFlag } from "./react.ts";
import { asked, decision, KEY, unreachable } from "./testing-flags.ts";

/** This package is compiled for programs too, so nothing else here knows of a page. */
const { document } = globalThis as unknown as { document: { createElement(tag: string): Element } };
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
notifyManager.setScheduler(queueMicrotask); // within the act that causes it

const DRILL = "drill" as ResourceId;

/** Screens below one provider; each shows what it hears of the flag. */
async function screens(...about: { resourceId?: ResourceId }[]) {
  const server = asked();
  const connection = { client: server.client, links: [] } as unknown as Connection;
  const shown: (FlagDecision | null)[] = [];
  const Screen = ({ index }: { index: number }) => {
    shown[index] = useFlag(KEY, about[index]).decision;
    return null;
  };
  const root = createRoot(document.createElement("div"));
  const all = about.map((_, index) => createElement(Screen, { key: index, index }));
  const within = (...below: ReactNode[]) =>
    createElement(StrictMode, null, createElement(TesseraProvider, { connection }, ...below));
  const tree = within(...all);
  await act(async () => root.render(tree));
  return {
    ...server,
    shown,
    news: (...flags: FlagDecision[]) => act(async () => server.news(...flags)),
    /** Answers the newest question about the one thing. */
    answer: (own: FlagDecision) =>
      act(async () => server.questions.findLast(({ about: what }) => what === KEY)?.answer(own)),
    askedAbout: (what: string) => server.questions.filter(({ about: other }) => other === what).length,
    leave: () => act(async () => root.render(within())),
    comeBack: () => act(async () => root.render(tree)),
    close: () => act(async () => root.unmount()),
  };
}

const denied = (revision: number): FlagDecision => ({
  ...decision(revision, false),
  reason: "TARGETING_MATCH",
  rule: "deny",
});
const killed = (revision: number): FlagDecision => ({ ...decision(revision, false), reason: "KILLED", rule: "killed" });

it("hears of a flag once for the whole tree, and of every change", async () => {
  const { shown, news, listening, close } = await screens({}, {});
  expect(shown).toEqual([null, null]);
  expect(listening.size).toBe(1);
  await news(decision(3));
  expect(shown).toEqual([decision(3), decision(3)]);
  await news(decision(4, false));
  expect(shown).toEqual([decision(4, false), decision(4, false)]);
  await close();
  expect(listening.size).toBe(0);
});

it("asks for a thing by itself, and again whenever news come", async () => {
  const { shown, news, answer, askedAbout, close } = await screens({ resourceId: DRILL }, {});
  await news(decision(3));
  expect(shown).toEqual([decision(3), decision(3)]); // until its own answer is here
  await answer(denied(3));
  expect(shown).toEqual([denied(3), decision(3)]);
  expect(askedAbout(KEY)).toBe(1);

  await news(decision(4));
  expect(askedAbout(KEY)).toBe(2);
  expect(shown).toEqual([denied(3), decision(4)]); // a thing that was off is not shown as on for a moment
  await answer(decision(4));
  expect(shown).toEqual([decision(4), decision(4)]);
  await close();
});

it("asks nothing for a thing when the flag is off for everything, and asks again after that", async () => {
  const { shown, news, answer, askedAbout, close } = await screens({ resourceId: DRILL });
  await news(decision(3));
  await answer(denied(3));
  await news(killed(4));
  expect(shown).toEqual([killed(4)]);
  expect(askedAbout(KEY)).toBe(1);

  await news(decision(5));
  expect(askedAbout(KEY)).toBe(2);
  await answer(denied(5));
  expect(shown).toEqual([denied(5)]);
  await close();
});

it("holds the last answer about a thing when the next one does not come, and does not ask in a loop", async () => {
  const { shown, news, answer, questions, askedAbout, close } = await screens({ resourceId: DRILL });
  await news(decision(3));
  await answer(denied(3));
  await news(decision(4));
  await act(async () => questions.at(-1)?.fail(unreachable));
  expect(shown).toEqual([denied(3)]);
  expect(askedAbout(KEY)).toBe(2);
  await close();
});

it("asks for a thing anew when its screen comes back: news may have come while nobody listened", async () => {
  const { shown, news, answer, askedAbout, leave, comeBack, close } = await screens({ resourceId: DRILL });
  await news(decision(3));
  await answer(denied(3));
  await leave();
  await news(decision(4));
  await comeBack();
  expect(askedAbout(KEY)).toBe(2);
  await answer(decision(4));
  expect(shown).toEqual([decision(4)]);
  await close();
});

it("asks once more, and once only, when a process answers that was behind the news", async () => {
  vi.useFakeTimers();
  const { shown, news, answer, askedAbout, close } = await screens({ resourceId: DRILL });
  await news(decision(4));
  await answer(denied(3));
  expect(shown).toEqual([denied(3)]);
  const pass = () => act(() => vi.advanceTimersByTimeAsync(60_000));
  await pass();
  expect(askedAbout(KEY)).toBe(2);
  await answer(denied(3));
  await pass();
  expect(askedAbout(KEY)).toBe(2);
  await close();
  vi.useRealTimers();
});
