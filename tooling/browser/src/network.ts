import { createServer, type IncomingMessage, request } from "node:http";
import { connect, type Socket } from "node:net";
import { freePort } from "@tessera/vitest/free-port";

/** A network between browsers and the product, which a test can cut as a cable is cut: sockets die, nobody is told. */
export interface Network {
  /** Where people reach the product. */
  url: string;
  port: number;
  cut(): void;
  mend(): void;
  /** From now on the apps' workers differ from those before, as after a release. */
  release(): void;
  /** What was asked, by path. */
  asked: string[];
  close(): Promise<void>;
}

/**
 * @param upstream Asked at each call, since the product starts later: where it is.
 */
export async function openNetwork(upstream: () => URL): Promise<Network> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  const asked: string[] = [];
  let isCut = false;
  let released = 0;

  const onward = (incoming: IncomingMessage) => ({
    host: upstream().hostname,
    port: upstream().port,
    path: incoming.url,
    method: incoming.method,
    headers: incoming.headers,
  });

  const server = createServer((incoming, outgoing) => {
    asked.push(incoming.url ?? "");
    const isWorker = incoming.url?.endsWith("/sw.js") && released > 0;
    if (isWorker) for (const condition of ["if-none-match", "if-modified-since"]) delete incoming.headers[condition];
    const passing = request(onward(incoming), (answer) => {
      const headers = { ...answer.headers };
      if (isWorker) for (const name of ["content-length", "etag", "last-modified"]) delete headers[name];
      outgoing.writeHead(answer.statusCode ?? 502, headers);
      answer.pipe(outgoing, { end: !isWorker });
      if (isWorker) answer.on("end", () => outgoing.end(`\n// release ${released}`));
    });
    passing.on("error", () => outgoing.destroy());
    incoming.pipe(passing);
  });

  server.on("upgrade", (incoming, socket: Socket, head) => {
    const { hostname, port: to } = upstream();
    const passing = connect(Number(to), hostname, () => {
      const lines = Object.entries(incoming.headers).map(([name, value]) => `${name}: ${value}`);
      passing.write(`GET ${incoming.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      passing.write(head);
      socket.pipe(passing).pipe(socket);
    });
    passing.on("error", () => socket.destroy());
    socket.on("error", () => passing.destroy());
    socket.on("close", () => passing.destroy());
  });
  server.on("connection", (socket: Socket) => {
    if (isCut) return socket.destroy();
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, resolve));

  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://localhost:${port}`,
    port,
    cut,
    mend: () => {
      isCut = false;
    },
    release: () => {
      released++;
    },
    asked,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
