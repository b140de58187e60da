import { once } from "node:events";
import { type ClientRequest, createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

/** What the way to a server does with sockets: lets them through, says no, or swallows what asks for one. */
export type WithSockets = "lets through" | "refuses" | "swallows";

/** A way to a server, as a proxy in somebody's house may be. Calls always get through. */
export interface Network {
  /** The server, seen through it. */
  url: string;
  /** From the next socket on. */
  withSockets: WithSockets;
  /** How many sockets were asked for. */
  asked: number;
  /** Cuts those that were let through. */
  cut(): void;
  close(): Promise<void>;
}

/** @param server Where the server really is: `http://localhost:4000`. */
export async function networkTo(server: string): Promise<Network> {
  const open = new Set<Duplex>();
  const proxy = createServer((incoming, outgoing) => {
    const onward = goOn(server, incoming);
    onward.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });

  proxy.on("upgrade", (incoming, near: Duplex, head: Buffer) => {
    network.asked++;
    keep(near);
    if (network.withSockets === "swallows") return;
    if (network.withSockets === "refuses") {
      near.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    const onward = goOn(server, incoming);
    onward.on("error", () => near.destroy());
    onward.on("response", () => near.destroy());
    onward.on("upgrade", (answer: IncomingMessage, far: Duplex) => {
      keep(far);
      near.write(`HTTP/1.1 101 Switching Protocols\r\n${linesOf(answer.rawHeaders)}\r\n\r\n`);
      far.write(head);
      far.pipe(near).pipe(far);
    });
    onward.end();
  });

  function keep(stream: Duplex): void {
    open.add(stream);
    stream.on("error", () => stream.destroy());
    stream.on("close", () => open.delete(stream));
  }

  proxy.listen(0);
  await once(proxy, "listening");
  const network: Network = {
    url: `http://localhost:${(proxy.address() as AddressInfo).port}`,
    withSockets: "lets through",
    asked: 0,
    cut() {
      for (const stream of open) stream.destroy();
    },
    async close() {
      network.cut();
      proxy.closeAllConnections();
      proxy.close();
      await once(proxy, "close");
    },
  };
  return network;
}

/** The same request, to the server, as if it had come there itself. */
const goOn = (server: string, { url, method, headers }: IncomingMessage): ClientRequest =>
  request(new URL(url ?? "/", server), { method, headers, agent: false });

const linesOf = (raw: readonly string[]): string =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${raw[index + 1]}`] : [])).join("\r\n");
