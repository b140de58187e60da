import { randomUUID } from "node:crypto";
import { patchedServer } from "../../race/src/failpoints/patched-server.ts";
import { bundled } from "../common/bundled.ts";
import { type HttpLine, openLine } from "../common/http-line.ts";
import { load } from "../common/load.ts";
import { openHouse } from "../common/open-house.ts";
import type { Runner } from "../common/rounds.ts";
import { type Server, startProduct, startServer } from "../common/servers.ts";
import { openSocketLine, type SocketLine } from "../common/socket-line.ts";
import { SECRET } from "../redeem/house.ts";
import { names } from "./names.ts";

export const CONNECTIONS = 32;

const SERVERS = ["node-http", "express", "trpc-express", "trpc-ws", "raw-ws", "our-doors"] as const;

/** The one change of the product: with its limit of messages on a socket there would be nothing to measure. */
const LET_THEM_TALK = [
  { find: "messagesPerSecond: 20,", replace: "messagesPerSecond: 1e9," },
  { find: "burst: 40,", replace: "burst: 1e9," },
];

/** A text that is no code: the product says so after sign-in, tenant, rights, input and output, without the database. */
const scan = () => ({ scanId: randomUUID(), text: "T1 nobody made this", source: "camera" });

/** Everything that takes part, running. */
export interface Field {
  runners: Runner[];
  close(): Promise<void>;
}

/**
 * @param adminUrl Of a superuser on the PostgreSQL that the product uses.
 * @param share Of the requests: 1 for the figures in the documents.
 */
export async function openField(adminUrl: string, share: number): Promise<Field> {
  const opened: Array<() => unknown> = [];
  const close = async () => {
    for (const undo of opened.splice(0).reverse()) await undo();
  };
  const built = await bundled(SERVERS.map((name) => new URL(`servers/${name}.ts`, import.meta.url)));
  const start = async (name: (typeof SERVERS)[number]): Promise<Server> => {
    const server = await startServer(built[SERVERS.indexOf(name)] as URL);
    opened.push(server.stop);
    return server;
  };
  const runner = (name: string, { pid }: Server, count: number, ask: (caller: number) => Promise<string>): Runner => ({
    ...{ name, count: Math.round(count * share), warmUp: Math.round(20_000 * Math.max(share, 0.1)) },
    meters: { server: (process) => process.pid === pid },
    run: (count) =>
      load(count, CONNECTIONS, async (_turn, caller) => {
        const told = await ask(caller);
        if (!told.includes('"kind"')) throw new Error(`${name} said ${told}`);
      }),
  });
  const overHttp = async (name: string, server: Server, count: number, path = "scan", headers = {}) => {
    const lines = await many(() => openLine(new URL(server.url), headers));
    opened.push(() => lines.forEach((line) => void line.close()));
    return runner(name, server, count, (caller) =>
      (lines[caller] as HttpLine).post(`/trpc/${path}`, JSON.stringify(scan())),
    );
  };
  const overSocket = async (name: string, server: Server, count: number, path = "scan", hello?: string) => {
    const at = hello ? "/trpc?connectionParams=1" : "/trpc";
    const lines = await many(() => openSocketLine(new URL(server.url), at, hello));
    opened.push(() => lines.forEach((line) => void line.close()));
    let id = 0;
    return runner(name, server, count, (caller) =>
      (lines[caller] as SocketLine).ask(
        JSON.stringify({ id: ++id, method: "mutation", params: { path, input: scan() } }),
      ),
    );
  };

  try {
    const house = await openHouse(adminUrl, 1);
    opened.push(house.close);
    const { token } = house;
    const ourDoors = await start("our-doors");
    const talkative = patchedServer("talkative", LET_THEM_TALK);
    opened.push(talkative.remove);
    const settings = {
      DATABASE_URL: house.url,
      TESSERA_SECRET: SECRET,
      TESSERA_SOCKETS_PER_CALLER: "100",
      TESSERA_RATE_LIMITS: "off",
    };
    const product = await startProduct(settings, { main: talkative.main });
    opened.push(product.stop);
    const hello = JSON.stringify({ method: "connectionParams", data: { token } });
    const runners = [
      await overHttp(names.nodeHttp, await start("node-http"), 60_000),
      await overHttp(names.ourHttp, ourDoors, 60_000),
      await overHttp(names.express, await start("express"), 20_000),
      await overHttp(names.stockHttp, await start("trpc-express"), 10_000),
      await overHttp(names.productHttp, product, 40_000, "qr.redeem", { authorization: `Bearer ${token}` }),
      await overSocket(names.rawWs, await start("raw-ws"), 60_000),
      await overSocket(names.ourWs, ourDoors, 60_000),
      await overSocket(names.stockWs, await start("trpc-ws"), 40_000),
      await overSocket(names.productWs, product, 40_000, "qr.redeem", hello),
    ];
    return { runners, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const many = <T>(open: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: CONNECTIONS }, open));
