import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { type Flow, flowBetween } from "./flow.ts";

/**
 * What a link does with what is sent over it.
 * `black_hole`: nothing moves in either direction, sockets stay open. `one_way`: only one direction moves; what is held
 * back arrives when the link is whole again, as TCP would send it again. `reset`: every connection is broken at once.
 */
export type Traffic =
  | { kind: "pass" }
  | { kind: "delay"; ms: number }
  | { kind: "black_hole" }
  | { kind: "one_way"; lost: "requests" | "replies" }
  | { kind: "reset" };

/** A link between two programs that can be made to fail. */
export interface TcpProxy {
  port: number;
  /** How the link behaves from now on, also for connections that are open. */
  become(traffic: Traffic): void;
  /** The next `count` pieces of reply that match are lost, each with its connection. */
  loseReplies(count: number, matches?: (reply: Buffer) => boolean): void;
  /** Tells of each piece of request from now on, until the returned function is called. */
  overhear(onRequest: (connection: number, bytes: Buffer) => void): () => void;
  close(): Promise<void>;
}

const PASS: Traffic = { kind: "pass" };

/** @param targetPort Where on this machine the server listens. It need not be up. */
export async function startProxy(targetPort: number): Promise<TcpProxy> {
  const links = new Set<Link>();
  const listeners = new Set<(connection: number, bytes: Buffer) => void>();
  let traffic = PASS;
  let losses = 0;
  let isLost = (_reply: Buffer) => true;
  let connections = 0;

  const server = createServer((client) => {
    if (traffic.kind === "reset") return void client.on("error", () => {}).resetAndDestroy();
    const number = ++connections;
    const upstream = connect(targetPort, "127.0.0.1");
    const link = {
      client,
      requests: flowBetween(client, upstream, (bytes) => {
        for (const hear of listeners) hear(number, bytes);
        return true;
      }),
      replies: flowBetween(upstream, client, (bytes) => {
        if (losses === 0 || !isLost(bytes)) return true;
        losses--;
        breakOff(link);
        return false;
      }),
    };
    links.add(link);
    client.once("close", () => links.delete(link));
    apply(link, traffic);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: (server.address() as AddressInfo).port,
    become(next) {
      traffic = next;
      for (const link of links) apply(link, next);
    },
    loseReplies(count, matches = () => true) {
      losses = count;
      isLost = matches;
    },
    overhear(onRequest) {
      listeners.add(onRequest);
      return () => listeners.delete(onRequest);
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const link of links) breakOff(link);
      await closed;
    },
  };
}

interface Link {
  client: Socket;
  requests: Flow;
  replies: Flow;
}

function apply(link: Link, traffic: Traffic): void {
  if (traffic.kind === "reset") {
    breakOff(link);
    return;
  }
  const delayMs = traffic.kind === "delay" ? traffic.ms : 0;
  const holds = (direction: "requests" | "replies") =>
    traffic.kind === "black_hole" || (traffic.kind === "one_way" && traffic.lost === direction);
  for (const direction of ["requests", "replies"] as const) {
    link[direction].delay(delayMs);
    link[direction].hold(holds(direction));
  }
}

/** The flow tells the other side. */
const breakOff = ({ client }: Link): void => void client.resetAndDestroy();
