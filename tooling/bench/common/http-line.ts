import { once } from "node:events";
import { connect, type Socket } from "node:net";

const END_OF_HEAD = Buffer.from("\r\n\r\n");

/** A connection that is kept open, with one request under way at a time. */
export interface HttpLine {
  /** @returns The answer's body. @throws Error For any status but 200. */
  post(path: string, body: string): Promise<string>;
  close(): void;
}

/**
 * The thinnest client that a server of HTTP/1.1 understands, so that what is measured is the server. Reads answers with a
 * length, and chunked ones. A connection that the server has closed is opened again: a scan may be sent twice.
 *
 * @param url Where.
 * @param headers Sent with each request.
 */
export async function openLine(url: URL, headers: Record<string, string>): Promise<HttpLine> {
  const always = Object.entries({ host: url.host, "content-type": "application/json", ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
  let socket = await connected(url);

  return {
    async post(path, body) {
      const request = `POST ${path} HTTP/1.1\r\n${always}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
      const answer = await asked(socket, request);
      if (answer !== null) return answer;
      socket = await connected(url);
      return (await asked(socket, request)) ?? Promise.reject(new Error("the server closes every connection"));
    },
    close: () => socket.destroy(),
  };
}

async function connected(url: URL): Promise<Socket> {
  const socket = connect(Number(url.port), url.hostname);
  socket.setNoDelay(true);
  await once(socket, "connect");
  socket.on("error", () => socket.destroy()); // whoever waits for an answer hears that it closed
  return socket;
}

/** @returns The answer's body; null when the connection was closed without one. */
function asked(socket: Socket, request: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let heard: Buffer = Buffer.alloc(0);
    const stop = () => {
      socket.off("data", hear);
      socket.off("close", gone);
    };
    const gone = () => {
      stop();
      resolve(null);
    };
    const hear = (piece: Buffer) => {
      heard = heard.length === 0 ? piece : Buffer.concat([heard, piece]);
      const body = bodyOf(heard);
      if (body === null) return;
      stop();
      if (heard.toString("latin1", 9, 12) === "200") resolve(body);
      else reject(new Error(heard.toString("utf8").slice(0, 2_000)));
    };
    if (socket.destroyed) return resolve(null);
    socket.on("data", hear);
    socket.on("close", gone);
    socket.write(request);
  });
}

/** @returns The whole body, or null while something is missing. */
function bodyOf(heard: Buffer): string | null {
  const end = heard.indexOf(END_OF_HEAD);
  if (end < 0) return null;
  const head = heard.toString("latin1", 0, end).toLowerCase();
  const start = end + END_OF_HEAD.length;
  const length = head.match(/\r\ncontent-length: (\d+)/)?.[1];
  if (length !== undefined) {
    return heard.length < start + Number(length) ? null : heard.toString("utf8", start, start + Number(length));
  }
  return chunksOf(heard, start);
}

function chunksOf(heard: Buffer, start: number): string | null {
  let body = "";
  for (let at = start; ; ) {
    const line = heard.indexOf("\r\n", at);
    if (line < 0) return null;
    const size = Number.parseInt(heard.toString("latin1", at, line), 16);
    const next = line + 2 + size + 2;
    if (heard.length < next) return null;
    if (size === 0) return body;
    body += heard.toString("utf8", line + 2, line + 2 + size);
    at = next;
  }
}
