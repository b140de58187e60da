import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** As the product's: with Node's own 511, what a crowd measures is how long the kernel lets it wait. */
const MOST_AT_THE_DOOR = 4_096;

/** Takes a free port and says which. */
export function listen(answer: RequestListener): Server {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1", MOST_AT_THE_DOOR, () => console.log(`port ${(server.address() as AddressInfo).port}`));
  return server;
}
