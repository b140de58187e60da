import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A line to a server on this machine whose answers can be kept back. */
export interface SlowLine {
  port: number;
  /** From now on answers wait. */
  keepBack(): void;
  /** @returns How many answers wait. */
  waiting(): number;
  /** Lets what waits through, and everything after it. */
  letGo(): void;
  close(): Promise<void>;
}

/**
 * Stands between a client and a server. What the client says arrives at once; what the server says may wait.
 *
 * @param port Where the server is.
 */
export async function slowLineTo(port: number): Promise<SlowLine> {
  const sockets = new Set<Socket>();
  let kept: Array<() => void> | null = null;
  const door = createServer((client) => {
    const server = connect(port, "127.0.0.1");
    client.pipe(server);
    server.on("data", (answer) => {
      const deliver = () => client.write(answer);
      if (kept) kept.push(deliver);
      else deliver();
    });
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
  });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");

  return {
    port: (door.address() as AddressInfo).port,
    keepBack() {
      kept ??= [];
    },
    waiting: () => kept?.length ?? 0,
    letGo() {
      for (const deliver of kept ?? []) deliver();
      kept = null;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      door.close();
      await once(door, "close");
    },
  };
}
