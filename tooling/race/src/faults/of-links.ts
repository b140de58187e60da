import { connect } from "node:net";
import type { Chance } from "../chance.ts";
import { pause } from "../time.ts";
import type { ApiNode } from "../world/api-node.ts";
import { brokenFor, type Fault } from "./fault.ts";

export const cutFromPostgres: Fault = {
  id: "F17",
  breaks: "an API process and PostgreSQL do not reach each other, and sockets stay open",
  async inject({ nodes }, chance, tell) {
    const { index, toPostgres } = chance.pick(nodes);
    tell(`nothing passes between api ${index} and PostgreSQL`);
    toPostgres.become({ kind: "black_hole" });
    await brokenFor(chance.between(2_000, 5_000), pause, () => toPostgres.become({ kind: "pass" }));
  },
};

export const oneWayToRedis: Fault = {
  id: "F18",
  breaks: "an API process and Redis hear each other in one direction only",
  async inject({ nodes }, chance, tell) {
    const { index, toRedis } = chance.pick(nodes);
    const lost = chance.pick(["requests", "replies"] as const);
    tell(`${lost} between api ${index} and Redis do not arrive`);
    for (const link of toRedis) link.become({ kind: "one_way", lost });
    await brokenFor(chance.between(1_000, 3_000), pause, () => {
      for (const link of toRedis) link.become({ kind: "pass" });
    });
  },
};

/** An answer of HTTP that is not news about a socket. */
const isAnswer = (reply: Buffer) => reply.subarray(0, 12).toString("latin1") === "HTTP/1.1 200";

export const repliesLost: Fault = {
  id: "F19",
  breaks: "a reply is lost after the commit",
  async inject({ nodes }, chance, tell) {
    const { index, door, toPostgres } = chance.pick(nodes);
    const count = Math.floor(chance.between(1, 6));
    const isAtDoor = chance.happens(0.6);
    tell(`loses ${count} replies ${isAtDoor ? `of api ${index}` : `of PostgreSQL to api ${index}`}`);
    if (isAtDoor) door.loseReplies(count, isAnswer);
    else toPostgres.loseReplies(count);
    await brokenFor(1_000, pause, () => {
      door.loseReplies(0);
      toPostgres.loseReplies(0);
    });
  },
};

export const requestsDoubled: Fault = {
  id: "F20",
  breaks: "requests arrive again, later and in another order",
  async inject({ nodes }, chance, tell) {
    const from = chance.pick(nodes);
    const overheard = await overhear(from, chance.between(500, 1_500));
    const doubled = overheard.filter((request) => request.includes("qr.redeem")).slice(0, 40);
    tell(`sends ${doubled.length} redemptions of api ${from.index} again`);
    for (const request of shuffled(doubled, chance)) {
      sendAgain(chance.pick(nodes).door.port, request);
      await pause(chance.between(0, 30));
    }
  },
};

/** @returns What was asked over connections meanwhile, one text for each; only from the beginning of a request on. */
async function overhear({ door }: ApiNode, ms: number): Promise<string[]> {
  const requests = new Map<number, string>();
  const stop = door.overhear((connection, bytes) => {
    const text = bytes.toString("latin1");
    const before = requests.get(connection);
    if (before !== undefined) requests.set(connection, before + text);
    else if (text.startsWith("POST ")) requests.set(connection, text);
  });
  await pause(ms);
  stop();
  return [...requests.values()].flatMap((text) => text.split(/(?=POST \/trpc)/));
}

/** Nobody waits for the answer: whoever asked has had theirs. */
function sendAgain(port: number, request: string): void {
  const socket = connect(port, "127.0.0.1", () => socket.write(request, "latin1"));
  socket.on("error", () => {});
  socket.on("data", () => socket.destroy());
  socket.setTimeout(5_000, () => socket.destroy());
}

function shuffled<T>(items: readonly T[], chance: Chance): T[] {
  return items
    .map((item) => ({ item, place: chance.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
