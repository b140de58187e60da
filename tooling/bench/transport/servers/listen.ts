import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Takes a free port and says which. */
export function listen(answer: RequestListener): Server {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1", () => console.log(`port ${(server.address() as AddressInfo).port}`));
  return server;
}
