import { describe, expect, it } from "vitest";
import { asked, broken, decision, forbidden, KEY, OTHER, unavailable, unreachable } from "./testing-flags.ts";

/** What the watcher was told of one flag, in turn. */
function watching({ flags }: ReturnType<typeof asked>) {
  const heard: (boolean | undefined)[] = [];
  const stop = flags.watch((all) => heard.push(all.find(({ key }) => key === KEY)?.value));
  return { heard, stop };
}

describe("a flag that is asked for", () => {
  it("is asked for once, however many ask at once, and known from then on", async () => {
    const { flags, questions } = asked();
    expect(flags.known(KEY)).toBeNull();
    const answers = [flags.decide(KEY), flags.isOn(KEY), flags.decide(KEY)];
    questions[0]?.answer(decision(3));
    expect(await Promise.all(answers)).toEqual([decision(3), true, decision(3)]);
    expect(questions.map(({ about }) => about)).toEqual([KEY]);
    expect(flags.known(KEY)).toEqual(decision(3));
  });

  it.each([
    ["the server is away", unreachable],
    ["it can tell nothing at the moment", unavailable],
    ["it is broken", broken],
  ])("holds its last known value when %s, marked as stale, and is not asked for again", async (_, trouble) => {
    const { flags, questions } = asked();
    const first = flags.decide(KEY);
    questions[0]?.answer(decision(3));
    await first;

    const later = flags.decide(KEY);
    questions[1]?.fail(trouble);
    expect(await later).toEqual({ ...decision(3), stale: true });
    expect(flags.known(KEY)).toEqual(decision(3));
    expect(questions).toHaveLength(2);
  });

  it("fails when nothing is known of it, and when this client may not ask", async () => {
    const { flags, questions } = asked();
    const unknown = flags.decide(KEY);
    questions[0]?.fail(unreachable);
    await expect(unknown).rejects.toBe(unreachable);

    const known = flags.decide(KEY);
    questions[1]?.answer(decision(3));
    await known;
    const refused = flags.decide(KEY);
    questions[2]?.fail(forbidden);
    await expect(refused).rejects.toBe(forbidden);
  });

  it("does not go back to an older revision, which a process tells that has not heard yet", async () => {
    const { flags, questions } = asked();
    for (const [index, revision] of [5, 4].entries()) {
      const answer = flags.decide(KEY);
      questions[index]?.answer(decision(revision, revision === 4));
      expect(await answer).toEqual(decision(5, false));
    }
  });

  it("can be asked for with all others", async () => {
    const { flags, questions } = asked();
    const all = flags.all();
    questions[0]?.answer({ flags: [decision(3), decision(4, false, OTHER)] });
    expect(await all).toHaveLength(2);
    expect([flags.known(KEY)?.value, flags.known(OTHER)?.value]).toEqual([true, false]);

    const later = flags.all();
    questions[1]?.fail(unreachable);
    expect((await later).map(({ stale }) => stale)).toEqual([true, true]);
  });
});

it("are those that the product has: another does not compile, so removing one breaks each use", () => {
  const { flags } = asked();
  // @ts-expect-error: no such flag
  expect(flags.known("long-gone")).toBeNull();
});

describe("flags that are watched", () => {
  it("are one subscription, whoever watches, which ends with the last of them", () => {
    const world = asked();
    const [one, other] = [watching(world), watching(world)];
    expect(world.listening.size).toBe(1);
    one.stop();
    one.stop();
    expect(world.listening.size).toBe(1);
    other.stop();
    expect(world.listening.size).toBe(0);
    watching(world);
    expect(world.subscribers).toHaveLength(2);
  });

  it("are told when they change, and only then", () => {
    const world = asked();
    const { heard, stop } = watching(world);
    world.news(decision(3), decision(1, true, OTHER));
    world.news(decision(3), decision(1, true, OTHER));
    world.news(decision(4, false), decision(1, true, OTHER));
    expect(heard).toEqual([true, false]);
    expect(world.flags.known(KEY)).toEqual(decision(4, false));
    stop();
    world.news(decision(5));
    expect(heard).toEqual([true, false]);
  });

  it("are told at once to who comes later", () => {
    const world = asked();
    watching(world);
    world.news(decision(3, false));
    expect(watching(world).heard).toEqual([false]);
  });

  it("are asked for once as well, so that a network without sockets delays nothing", async () => {
    const world = asked();
    const { heard } = watching(world);
    expect(world.questions.map(({ about }) => about)).toEqual(["all"]);
    world.questions[0]?.answer({ flags: [decision(3)] });
    await expect.poll(() => heard).toEqual([true]);
  });

  it("are not set back by an answer that was asked for before the news", async () => {
    const world = asked();
    const { heard } = watching(world);
    const answer = world.flags.decide(KEY);
    world.news(decision(3, false)); // by a flag that this one needs: its own revision is the same
    for (const { about, answer: reply } of world.questions)
      reply(about === "all" ? { flags: [decision(3)] } : decision(3));
    expect(await answer).toEqual(decision(3, false));
    expect(heard).toEqual([false]);
  });

  it("hold their last value when the server turns the client away, and the next watcher tries anew", async () => {
    const world = asked();
    watching(world);
    world.news(decision(3));
    world.subscribers[0]?.onError(forbidden);
    expect(world.flags.known(KEY)).toEqual(decision(3));
    watching(world);
    expect(world.subscribers).toHaveLength(2);
  });
});
