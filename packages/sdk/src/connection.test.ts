import { expect, it, vi } from "vitest";
import { type Connection, connect } from "./connection.ts";
import { drivenTiming } from "./live/testing.ts";

/** A socket whose server is the test. */
class TestSocket extends EventTarget {
  static readonly OPEN = 1;
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readyState = 0;
  heard: string[] = [];

  constructor(readonly url: string) {
    super();
    sockets.push(this);
  }
  send(text: string): void {
    this.heard.push(text);
  }
  close(code = 1005): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }
  say(message: object): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(message) }));
  }
}
let sockets: TestSocket[] = [];
const socket = (index: number) =>
  vi.waitFor(() => {
    const found = sockets[index];
    if (!found) throw new Error(`nobody has opened socket ${index}`);
    return found;
  });

/** Answers what was subscribed to on a socket, as a server would. */
async function start(on: TestSocket): Promise<void> {
  const asked = await vi.waitFor(() => {
    const text = on.heard.find((one) => one.includes('"subscription"'));
    if (!text) throw new Error("nothing was subscribed to");
    return JSON.parse(text);
  });
  on.say({ id: asked.id, result: { type: "started" } });
}

/** A connection with one subscription that has started. */
async function listening(): Promise<{ connection: Connection; told: string[] }> {
  sockets = [];
  const connection = connect({
    url: "http://desk.example",
    WebSocket: TestSocket as unknown as typeof WebSocket,
    timing: drivenTiming(() => 0).timing,
  });
  const told: string[] = [];
  connection.watch(() => told.push(connection.status().state));
  connection.client.live.events.subscribe(undefined, { onData: () => {} });
  (await socket(0)).open();
  await start(await socket(0));
  return { connection, told };
}

it("tells that news arrives, and that it does not any more", async () => {
  const { connection, told } = await listening();
  (await socket(0)).close(1006);
  expect(told).toEqual(["live", "offline"]);
  await connection.close();
});

it("stays live while a server that is about to stop sends it elsewhere", async () => {
  const { connection, told } = await listening();
  const old = await socket(0);
  old.say({ id: null, method: "reconnect" });
  const next = await socket(1);
  next.open();
  await start(next);
  await vi.waitFor(() => expect(old.heard.join()).toContain("subscription.stop"));
  old.close(1001);
  expect(told).toEqual(["live"]);
  expect(sockets).toHaveLength(2);
  await connection.close();
});

it("says which tenant a person wants to be in, where they belong to several", async () => {
  sockets = [];
  const connection = connect({
    url: "http://desk.example",
    tenant: "tool-library",
    WebSocket: TestSocket as unknown as typeof WebSocket,
    timing: drivenTiming(() => 0).timing,
  });
  connection.client.live.events.subscribe(undefined, { onData: () => {} });
  const opened = await socket(0);
  opened.open();
  expect(opened.url).toContain("connectionParams=1");
  await vi.waitFor(() => expect(opened.heard[0]).toContain('"tenant":"tool-library"'));
  await connection.close();
});
