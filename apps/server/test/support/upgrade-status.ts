import { WebSocket } from "ws";

/**
 * Asks for a socket, and lets go of it.
 *
 * @param url Of the server.
 * @param headers Sent with the request, as a browser would send them.
 * @returns The status it was answered with; 101: the socket was opened.
 */
export function upgradeStatus(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/trpc`, { headers });
    socket.once("upgrade", ({ statusCode }) => resolve(statusCode));
    socket.once("open", () => socket.close());
    socket.once("unexpected-response", (request, { statusCode }) => {
      request.destroy();
      resolve(statusCode);
    });
    socket.on("error", () => {});
  });
}
