import { type Connection, type ConnectionState, connect, type Tessera, type Timing } from "@tessera/sdk/node";
import { type Network, networkTo, type WithSockets } from "@tessera/vitest/network";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { hearEvents, hearFlags, hearShelf } from "./support/listening.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

/** A clock whose waits are fifty times as short, and tries that come soon. */
const hurried: Timing = {
  now: Date.now,
  random: () => 0.02,
  after(ms, work) {
    const timer = setTimeout(work, ms / 50);
    return () => clearTimeout(timer);
  },
};

const idsOf = (told: readonly { id: string }[]) => told.map(({ id }) => id);

/** @returns Once the connection is so. */
const becomes = (connection: Connection, state: ConnectionState["state"]) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (connection.status().state !== state) return;
      stop();
      resolve();
    };
    const stop = connection.watch(look);
    look();
  });

describe("news for who has no socket", () => {
  let server: RunningServer;
  let network: Network;
  let member: Tessera;
  let staff: Tessera;
  let desk: Tessera;
  let token: string;
  const connections: Connection[] = [];

  beforeAll(async () => {
    server = await runningServer();
    network = await networkTo(server.url);
    member = await server.signedIn("member@library.example");
    staff = await server.signedIn("staff@library.example");
    desk = await server.desk();
    token = await server.deskToken();
  });
  afterEach(() => Promise.all(connections.splice(0).map((connection) => connection.close())));
  afterAll(async () => {
    await network?.close();
    await server?.stop();
  });

  /** A thing is taken and given back by undoing it. */
  async function story(): Promise<string> {
    const all = await member.api.resource.list.query();
    const free = all.find(({ availability }) => availability.state === "free");
    const issued = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId: free?.id ?? "" });
    if (issued.kind !== "issued") throw new Error("no code was made");
    const outcome = await desk.redeem(issued.text);
    if (outcome.kind !== "redeemed") throw new Error("the code was not redeemed");
    await desk.api.qr.undo.mutate({ scanId: outcome.scanId, because: "a test" });
    return outcome.redemptionId;
  }

  /** A kiosk on a network that treats sockets so. */
  function kiosk(withSockets: WithSockets, as: string = token) {
    network.withSockets = withSockets;
    network.asked = 0;
    const connection = connect({ url: network.url, token: as, timing: hurried });
    connections.push(connection);
    return { connection, api: connection.client };
  }

  const undone = (redemptionId: string) => (told: { data: object }) =>
    JSON.stringify(told.data).includes(redemptionId) && "type" in told.data && told.data.type === "code.undone";

  it.each(["member", "staff", "desk"] as const)(
    "is, to be asked for by a %s, what a subscription tells",
    async (who) => {
      const client = { member, staff, desk }[who];
      const redemptionId = await story();
      const events = await hearEvents(client, "0");
      const shelf = await hearShelf(client, "0");
      const { id } = await events.until(undone(redemptionId));
      await shelf.until((told) => told.id === id);

      const [asEvents, asShelf, asFlags] = await client.api.live.since.query([
        { topic: "events", lastEventId: "0" },
        { topic: "availability", lastEventId: "0" },
        { topic: "flags" },
      ]);
      expect(asEvents?.items).toEqual(events.heard);
      expect(asShelf?.items).toEqual(shelf.heard);
      const flags = await hearFlags(client);
      expect(asFlags?.items).toEqual([await flags.until(() => true)]);
      for (const one of [events, shelf, flags]) one.stop();
    },
  );

  it("is asked for by number only, of topics there are, and of ten at most", async () => {
    const wrong = [
      [],
      [{ topic: "tides" }],
      [{ topic: "events", lastEventId: "soon" }],
      Array(11).fill({ topic: "events" }),
    ];
    for (const input of wrong) {
      await expect(desk.api.live.since.query(input as never)).rejects.toMatchObject({ data: { code: "BAD_REQUEST" } });
    }
    await expect(server.stranger().api.live.since.query([{ topic: "events" }])).rejects.toMatchObject({
      data: { code: "UNAUTHORIZED" },
    });
  });

  it.each(["refuses", "swallows"] as const)("comes by polling when the network %s sockets", async (withSockets) => {
    const { connection, api } = kiosk(withSockets);
    const events = await hearEvents({ api });
    expect(connection.status().state).toBe("polling");
    expect(network.asked).toBeGreaterThan(0);
    await events.until(undone(await story()));
  });

  it("comes without a gap and without a double while sockets come and go", async () => {
    const steady = await hearEvents(desk, "0");
    const { connection, api } = kiosk("refuses");
    const [events, shelf] = [await hearEvents({ api }, "0"), await hearShelf({ api })];
    await events.until(undone(await story()));

    for (let times = 0; times < 3; times++) {
      network.withSockets = "lets through";
      await becomes(connection, "live");
      await events.until(undone(await story()));

      network.withSockets = "refuses";
      network.cut();
      const meanwhile = await story();
      await becomes(connection, "polling");
      await events.until(undone(meanwhile));
    }

    await steady.until(undone(await story()));
    const last = steady.heard.at(-1)?.id ?? "";
    await events.until(({ id }) => id === last);
    await shelf.until(({ id }) => id === last);
    expect(events.heard).toEqual(steady.heard);
    expect(shelf.heard.filter(({ data }) => data.complete)).toHaveLength(1);
    expect(idsOf(shelf.heard)).toEqual([...new Set(idsOf(shelf.heard))]);
    steady.stop();
  });

  it("is refused to who is nobody, as over a socket", async () => {
    const { api } = kiosk("refuses", "no desk's");
    await expect(hearEvents({ api })).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } });
  });
});
