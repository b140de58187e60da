import { Redis } from "ioredis";

/**
 * @param url One node.
 * @param commandTimeout How long a command may take, milliseconds; as in the server when left out.
 * @returns A connection as the server makes them, once it can be used.
 */
export async function connectedTo(url: string, commandTimeout = 50): Promise<Redis> {
  const node = new Redis(url, {
    commandTimeout,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    lazyConnect: true,
  });
  node.on("error", () => {}); // the guard reports what matters
  await node.connect();
  return node;
}
