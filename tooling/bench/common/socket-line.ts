import { once } from "node:events";
import { connect } from "node:net";
import { clientFrame, PONG_FRAME, readFrames, upgradeRequest } from "./wire.ts";

const END_OF_HEAD = "\r\n\r\n";

/** A WebSocket with one request under way at a time. */
export interface SocketLine {
  /** @returns The next text that the server says. */
  ask(text: string): Promise<string>;
  close(): void;
}

/**
 * @param url Where, as http.
 * @param path Of the socket.
 * @param hello Said first; nothing is answered to it.
 */
export async function openSocketLine(url: URL, path: string, hello?: string): Promise<SocketLine> {
  const socket = connect(Number(url.port), url.hostname);
  socket.setNoDelay(true);
  await once(socket, "connect");
  socket.write(upgradeRequest(url, path));
  const [answer] = (await once(socket, "data")) as [Buffer];
  const head = answer.toString("latin1");
  if (!head.startsWith("HTTP/1.1 101") || !head.endsWith(END_OF_HEAD)) throw new Error(`no socket: ${head}`);
  if (hello) socket.write(clientFrame(hello));

  let waiting: { told(text: string): void; failed(error: Error): void } | null = null;
  let left: Buffer | null = null;
  const fail = (why: string) => waiting?.failed(new Error(why));
  const hearing = {
    text(bytes: Buffer, from: number, to: number) {
      waiting?.told(bytes.toString("utf8", from, to));
    },
    ping: () => socket.write(PONG_FRAME),
    close: (code: number) => fail(`the server closed with ${code}`),
  };
  socket.on("data", (piece: Buffer) => {
    const bytes = left ? Buffer.concat([left, piece]) : piece;
    left = readFrames(bytes, 0, bytes.length, hearing);
  });
  socket.on("error", () => {});
  socket.on("close", () => fail("the server hung up"));

  return {
    ask: (text) =>
      new Promise((told, failed) => {
        waiting = { told, failed };
        socket.write(clientFrame(text));
      }),
    close: () => socket.destroy(),
  };
}
