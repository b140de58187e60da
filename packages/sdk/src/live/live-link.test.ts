import { describe, expect, it } from "vitest";
import { world } from "./testing.ts";

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
const MINUTE = 60_000;

/** A page on a network that lets no socket through, already polling. */
async function blocked() {
  const here = world();
  const events = here.listen("events", "0");
  for (let tries = 0; tries < 3; tries++) here.failToOpen();
  await here.pass(0);
  return { ...here, events };
}

describe("while the socket works", () => {
  it("everything is told over it, and nothing is asked", async () => {
    const { openSocket, listen, happen, pass, questions, states } = world();
    const { heard } = listen("events");
    openSocket();
    await pass(0);
    happen(3);
    await pass(10 * MINUTE);
    expect(heard).toEqual(["started", "1", "2", "3"]);
    expect(questions).toEqual([]);
    expect(states.at(-1)).toBe("live");
  });

  it("a subscription that polling knows nothing of is left to it", async () => {
    const { openSocket, listen, failToOpen, pass, questions } = world();
    const strange = [listen("tides"), listen("events", "soon")];
    for (let tries = 0; tries < 9; tries++) failToOpen();
    await pass(MINUTE);
    expect(questions).toEqual([]);
    openSocket();
    await pass(0);
    for (const { heard } of strange) expect(heard).toContain("started");
  });
});

describe("a network that lets no socket through", () => {
  it("is known by three failed tries, and from then on it is polled", async () => {
    const { listen, failToOpen, happen, pass, questions, states } = world();
    const { heard } = listen("events", "0");
    happen(2);
    failToOpen();
    failToOpen();
    await pass(0);
    expect(questions).toEqual([]);
    failToOpen();
    await pass(0);
    expect(heard).toEqual(["started", "1", "2"]);
    expect(states.at(-1)).toBe("polling");
  });

  it("is known, too, by a socket that never opens", async () => {
    const { listen, pass, questions } = world();
    listen("events");
    await pass(4_000);
    expect(questions).toEqual([]);
    await pass(4_000);
    expect(questions.length).toBeGreaterThan(0);
  });

  it("is known by a socket that opens and says nothing", async () => {
    const { server, openSocket, listen, happen, pass, states } = world();
    server.isMute = true;
    const { numbers } = listen("events", "0");
    openSocket();
    happen();
    await pass(9_000);
    expect(numbers()).toEqual([1]);
    expect(states.at(-1)).toBe("polling");
  });

  it("is not suspected at once where a socket has held for a minute: its server may just be away", async () => {
    const { openSocket, loseSocket, failToOpen, listen, pass, questions, states } = world();
    listen("events");
    openSocket();
    await pass(2 * MINUTE);
    loseSocket();
    for (let tries = 0; tries < 6; tries++) failToOpen();
    await pass(10_000);
    expect(states.at(-1)).toBe("offline");
    expect(questions).toEqual([]);
    await pass(10_000);
    expect(questions.length).toBeGreaterThan(0);
  });

  it("is known at once by a socket that opens again and again and does not last", async () => {
    const { openSocket, loseSocket, listen, pass, questions } = world();
    listen("events");
    for (let times = 0; times < 3; times++) {
      openSocket();
      await pass(1_000);
      loseSocket();
    }
    await pass(0);
    expect(questions).toHaveLength(1);
  });
});

describe("polling", () => {
  it("asks about every two seconds, about every fifteen while nobody looks, and at once when somebody does again", async () => {
    const { pass, questions, page } = await blocked();
    const asked = async (ms: number) => {
      const before = questions.length;
      await pass(ms);
      return questions.length - before;
    };
    expect(await asked(20_000)).toBe(10);
    page.isHidden = true;
    await asked(2_000);
    expect(await asked(60_000)).toBe(4);
    page.show();
    expect(await asked(0)).toBe(1);
  });

  it("asks once for all who listen, each topic once", async () => {
    const { listen, pass, questions, happen } = await blocked();
    const more = [listen("events"), listen("availability"), listen("availability")];
    happen();
    await pass(5_000);
    expect(questions.at(-1)).toEqual([
      { topic: "events", lastEventId: "1" },
      { topic: "availability", lastEventId: "1" },
    ]);
    expect(more.map(({ heard }) => heard)).toEqual([["started"], ["started", "state 1"], ["started", "state 1"]]);
  });

  it("asks about ten at most at once, and comes to the others too", async () => {
    const { listen, pass, happen, questions } = await blocked();
    happen(30);
    const many = upTo(30).map((from) => listen("events", String(from)));
    await pass(8_000);
    expect(Math.max(...questions.map(({ length }) => length))).toBe(10);
    expect(many.map(({ numbers }) => numbers())).toEqual(upTo(30).map((from) => upTo(30, from + 1)));
  });

  it("tells all of them in the order of the numbers", async () => {
    const { listen, pass, happen } = await blocked();
    await pass(5_000);
    const told: string[] = [];
    listen("availability", "0", (id) => told.push(`availability ${id}`));
    listen("events", "0", (id) => told.push(`events ${id}`));
    happen(2);
    await pass(3_000);
    expect(told).toEqual(["availability 1", "events 1", "availability 2", "events 2"]);
  });

  it("waits longer each time the server does not answer, says so, and comes back", async () => {
    const { server, pass, questions, states, events, happen } = await blocked();
    server.answers = "badly";
    await pass(5 * MINUTE);
    const asked = questions.length;
    expect(asked).toBeLessThan(25);
    expect(states.at(-1)).toBe("offline");
    server.answers = "well";
    happen();
    await pass(MINUTE);
    expect(events.numbers()).toEqual([1]);
    expect(states.at(-1)).toBe("polling");
  });

  it("does not wait for ever for an answer", async () => {
    const { server, pass, happen, events } = await blocked();
    server.answers = "never";
    await pass(3_000);
    server.answers = "well";
    happen();
    await pass(20_000);
    expect(events.numbers()).toEqual([1]);
  });

  it("ends with the subscriptions of who is signed out, as the socket would", async () => {
    const { server, pass, events, planned } = await blocked();
    server.answers = "no";
    await pass(5_000);
    expect(events.heard).toEqual(["started", "error UNAUTHORIZED"]);
    expect(planned()).toBe(0);
  });

  it("ends when nobody listens any more", async () => {
    const { pass, events, planned, questions } = await blocked();
    await pass(5_000);
    const asked = questions.length;
    events.stop();
    await pass(MINUTE);
    expect(questions).toHaveLength(asked);
    expect(planned()).toBe(0);
  });

  it("tells the others what a subscriber did not bear", async () => {
    const { listen, pass, happen, events } = await blocked();
    listen("events", "0", () => {
      throw new Error("a fault of a screen");
    });
    happen(2);
    await expect(pass(5_000)).rejects.toThrow("a fault of a screen");
    await pass(5_000).catch(() => {});
    await pass(5_000);
    expect(events.numbers()).toEqual([1, 2]);
  });
});

describe("when a socket gets through again", () => {
  it("it takes over from where polling was, with no gap and no double, and nothing more is asked", async () => {
    const { openSocket, happen, pass, events, questions, states } = await blocked();
    happen(2);
    await pass(5_000);
    happen(); // told by nobody yet
    openSocket();
    await pass(0);
    happen();
    const asked = questions.length;
    await pass(MINUTE);
    expect(events.heard).toEqual(["started", "1", "2", "3", "4"]);
    expect(questions).toHaveLength(asked);
    expect(states.at(-1)).toBe("live");
  });

  it("is not asked for what was polled while it was away", async () => {
    const { server, openSocket, loseSocket, happen, listen, pass } = world();
    const { heard } = listen("availability", "0");
    openSocket();
    await pass(0);
    happen();
    await pass(MINUTE);
    loseSocket();
    await pass(30_000);
    happen(3);
    await pass(5_000);
    const before = server.toldOverSocket;
    openSocket();
    await pass(0);
    expect(server.toldOverSocket).toBe(before);
    expect(heard.filter((word) => word !== "started")).toEqual(["1", "2", "3", "4"]);
  });

  it("misses nothing of what happened while a first request was long on its way", async () => {
    let way = 20_000;
    const { server, openSocket, listen, happen, pass } = world({ travelMs: () => way });
    const { heard } = listen("events");
    openSocket();
    way = 0;
    await pass(12_000);
    expect(heard).toEqual(["started"]); // by polling
    server.answers = "badly";
    happen(); // before the server hears that it should tell what happens from now on
    await pass(2 * MINUTE);
    expect(heard).toEqual(["started", "1"]);
  });

  it("polls on until the socket tells something", async () => {
    const { server, openSocket, happen, pass, events, states } = await blocked();
    server.isMute = true;
    openSocket();
    happen(2);
    await pass(5_000);
    expect(events.numbers()).toEqual([1, 2]);
    expect(states.at(-1)).toBe("polling");
  });
});

/** Chance that comes out the same for the same seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

it.each(upTo(200))("tells everything once and in order, whatever the network does, seed %i", async (seed) => {
  const random = chance(seed);
  const travelMs = () => (random() < 0.3 ? 0 : Math.floor(random() * 4_000));
  const here = world({ random, travelMs });
  const whole = here.listen("events", "0");
  const fresh = [here.listen("events"), here.listen("availability")];
  let isOpen = false;

  const deeds = [
    () => here.happen(1 + Math.floor(random() * 3)),
    () => {
      if (isOpen) here.loseSocket();
      else here.failToOpen();
      isOpen = false;
    },
    () => {
      if (!isOpen) here.openSocket();
      isOpen = true;
    },
    () => {
      here.server.isMute = random() < 0.3;
    },
    () => {
      here.server.answers = random() < 0.7 ? "well" : "badly";
    },
  ];
  for (let step = 0; step < 60; step++) {
    deeds[Math.floor(random() * deeds.length)]?.();
    await here.pass(random() < 0.3 ? 0 : random() * 6_000);
  }
  here.server.answers = "well";
  here.happen();
  await here.pass(2 * MINUTE);

  const last = here.server.happened;
  expect(whole.numbers()).toEqual(upTo(last));
  for (const { numbers } of fresh) expect(numbers()).toEqual(upTo(last, numbers()[0]));
  expect(fresh[1]?.heard.filter((word) => word.startsWith("state"))).toHaveLength(1);
});
