import { calls } from "@tessera/api";
import { newScanId } from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asToldBefore } from "./support/as-told-before.ts";
import { type RawOptions, type RawSocket, rawSocket } from "./support/raw-socket.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const INPUTS = [undefined, null, {}, { nobody: "knows this" }, "words", [1, 2]];

/** What a client sends without any word for the input, and what no client of ours sends. */
const MALFORMED = [
  "{",
  "[]",
  "null",
  "5",
  '{"id":null,"method":"query","params":{"path":"account.me"}}',
  '{"id":1.5,"method":"query","params":{"path":"account.me"}}',
  '{"id":1,"method":"query"}',
  '{"id":1,"method":"query","params":{"path":5}}',
  '{"id":1,"method":"query","params":{"path":"constructor"}}',
  '{"id":1,"method":"query","params":{"path":"qr.redeem"}}',
  '{"id":1,"method":"mutation","params":{"path":"account.me"}}',
  '{"id":1,"method":"dance","params":{"path":"account.me"}}',
  '{"id":1,"jsonrpc":"2.0","method":"query","params":{"path":"account.me"}}',
  '{"id":1,"method":"query","params":{"path":"account.me","lastEventId":"5"}}',
  '{"id":1,"method":"subscription","params":{"path":"live.nothing"}}',
  '{"id":1,"method":"subscription","params":{"path":"live.events","input":{"lastEventId":-1}}}',
  '{"id":1,"method":"subscription","params":{"path":"live.flags","input":"everything"}}',
  '{"id":1,"method":"query","params":{"path":"account.me","input":{"__proto__":{"x":1}}}}',
];

describe("calls over a socket", () => {
  let server: RunningServer;
  const callers: Record<string, RawOptions> = {};
  const lines: Record<string, RawSocket> = {};
  let id = 0;

  beforeAll(async () => {
    server = await runningServer({ messagesPerSecond: 100_000, burst: 100_000 });
    callers.stranger = {};
    callers.member = { headers: { cookie: await server.cookieOf("member@library.example") } };
    callers.staff = { headers: { cookie: await server.cookieOf("staff@library.example") } };
    callers.operator = { headers: { cookie: await server.cookieOf("operator@library.example") } };
    callers.desk = { token: await server.deskToken() };
    for (const [who, options] of Object.entries(callers)) lines[who] = await rawSocket(server.url, options);
  });
  afterAll(() => server?.stop());

  /** tRPC's own handler is asked by a name in place of a number, which the front leaves to it. */
  async function told(line: RawSocket, path: string, input: unknown, by: "front" | "adapter"): Promise<string> {
    const mine = by === "front" ? ++id : `n${++id}`;
    const start = `{"id":${JSON.stringify(mine)},`;
    line.say({ id: mine, method: calls.get(path)?.type, params: { path, input } });
    const answer = await line.until((message) => message.startsWith(start));
    return asToldBefore(answer.replace(start, '{"id":0,'));
  }

  async function compared(who: string, path: string, input: unknown): Promise<string> {
    const line = lines[who];
    if (!line) throw new Error(`nobody is ${who}`);
    const front = await told(line, path, input, "front");
    expect({ path, input, told: front }).toEqual({ path, input, told: await told(line, path, input, "adapter") });
    return front;
  }

  const oneByOne = [...calls.values()].filter(({ type }) => type !== "subscription").map(({ path }) => path);

  it.each(oneByOne)("give the same bytes for %s, whoever asks and whatever is sent", async (path) => {
    for (const who of Object.keys(callers)) for (const input of INPUTS) await compared(who, path, input);
  });

  it("give the same bytes for a code that is issued, redeemed and redeemed again", async () => {
    const list = JSON.parse(await compared("member", "resource.list", undefined)).result.data;
    const free = list.find(({ availability }: { availability: { state: string } }) => availability.state === "free");
    const { member, desk } = lines;
    if (!member || !desk) throw new Error("nobody is there");
    const issued = await told(member, "qr.issue", { purpose: "check_out", resourceId: free.id }, "front");
    const scan = { scanId: newScanId(), text: JSON.parse(issued).result.data.text, source: "camera" };

    const first = await told(desk, "qr.redeem", scan, "front");
    expect(JSON.parse(first).result.data).toMatchObject({ kind: "redeemed", replayed: false });
    expect(await compared("desk", "qr.redeem", scan)).toBe(first.replace('"replayed":false', '"replayed":true'));
  });

  it.each(MALFORMED)("answer %s, and go on", async (message) => {
    const line = await rawSocket(server.url, callers.desk);
    line.say(message);
    line.say({ id: 99, method: "query", params: { path: "account.me" } });
    expect(await line.until((answer) => answer.startsWith('{"id":99,'))).toContain('"data"');
    line.socket.close();
  });

  it("are answered one by one when several come in one message, and refused when they are too many", async () => {
    const line = await rawSocket(server.url, callers.desk);
    const me = (one: number) => ({ id: one, method: "query", params: { path: "account.me" } });
    line.say([1, 2, 3].map(me));
    for (const one of [1, 2, 3]) await line.until((answer) => answer.startsWith(`{"id":${one},"result"`));
    line.say(Array.from({ length: 11 }, (_, index) => me(index + 10)));
    expect(await line.until((answer) => answer.startsWith('{"id":20,'))).toContain("Batch call exceeds maximum size");
    line.socket.close();
  });

  it("are not heard from who says nothing sensible of themselves, and the socket is closed", async () => {
    const line = await rawSocket(server.url, { token: 5 as unknown as string });
    expect(await line.until((answer) => answer.includes("error"))).toContain("PARSE_ERROR");
    await line.closed;
  });
});
