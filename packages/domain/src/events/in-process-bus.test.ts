import { describe, expect, it } from "vitest";
import { busSuite, newsOf } from "./bus.suite.ts";
import { isAbout, mayBeAbout } from "./bus.ts";
import { inProcessBus } from "./in-process-bus.ts";

busSuite("The bus of one process", inProcessBus);

describe("news", () => {
  it("are about what their events say", () => {
    expect([isAbout, mayBeAbout].map((asks) => asks(newsOf(1, "flag.changed"), "flag.changed"))).toEqual([true, true]);
    expect([isAbout, mayBeAbout].map((asks) => asks(newsOf(1), "flag.changed"))).toEqual([false, false]);
  });

  it("are about what they are said to be, when the events did not come along", () => {
    const news = { upTo: 1, events: [], about: ["key.changed" as const] };
    expect([isAbout, mayBeAbout].map((asks) => asks(news, "key.changed"))).toEqual([true, true]);
    expect([isAbout, mayBeAbout].map((asks) => asks(news, "flag.changed"))).toEqual([false, false]);
  });

  it("may be about anything when they say only how far the journal goes", () => {
    const news = { upTo: 1, events: [] };
    expect([isAbout, mayBeAbout].map((asks) => asks(news, "flag.changed"))).toEqual([false, true]);
  });
});
