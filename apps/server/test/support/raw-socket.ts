import { WebSocket } from "ws";

/** A socket without a client of tRPC on it: what is said on the wire, to the letter. */
export interface RawSocket {
  socket: WebSocket;
  heard: string[];
  say(message: unknown): void;
  /** @returns The first message that fits, whether it was heard already or comes later. */
  until(fits: (message: string) => boolean): Promise<string>;
  /** Why it was closed. */
  closed: Promise<{ code: number; reason: string }>;
}

export interface RawOptions {
  headers?: Record<string, string>;
  /** A device's, said on the socket itself. */
  token?: string;
  /** False: pings are not answered. */
  autoPong?: boolean;
}

/** @returns An open socket to the server at `url`. */
export async function rawSocket(
  url: string,
  { headers = {}, token, autoPong = true }: RawOptions = {},
): Promise<RawSocket> {
  const address = `${url.replace("http", "ws")}/trpc${token ? "?connectionParams=1" : ""}`;
  const socket = new WebSocket(address, { headers, autoPong });
  const heard: string[] = [];
  const waiting = new Set<(message: string) => void>();
  socket.on("message", (raw) => {
    const message = raw.toString();
    heard.push(message);
    for (const tell of waiting) tell(message);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  socket.on("error", () => {});
  if (token) socket.send(JSON.stringify({ method: "connectionParams", data: { token } }));

  return {
    socket,
    heard,
    closed,
    say: (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    until: (fits) =>
      new Promise((resolve) => {
        const before = heard.find(fits);
        if (before !== undefined) return resolve(before);
        const tell = (message: string) => {
          if (!fits(message)) return;
          waiting.delete(tell);
          resolve(message);
        };
        waiting.add(tell);
      }),
  };
}
