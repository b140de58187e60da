import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { FROM_ELSEWHERE, sameSite } from "../adapters/same-site.ts";
import { isInTheOpen } from "../routes/only-https.ts";

/** Why an upgrade is refused: an HTTP status, words for whoever looks into it, and when to ask again. */
export interface No {
  status: 403 | 404 | 503;
  say: string;
  /** Seconds. */
  retryAfter?: number;
}

const REASONS = { 403: "Forbidden", 404: "Not Found", 503: "Service Unavailable" };
const LONGEST_RETRY_S = 10;

/**
 * @param request What asks for an upgrade.
 * @param onlyHttps Whether what came to our proxy in the open is refused.
 * @returns Why no socket is opened for it in any case, or null.
 */
export function refusalOf({ url = "/", headers }: IncomingMessage, onlyHttps: boolean): No | null {
  const [path] = url.split("?", 1);
  if (path !== "/trpc") return { status: 404, say: "Sockets are at /trpc." };
  if (onlyHttps && isInTheOpen(headers)) return { status: 403, say: "Sockets are opened by wss:// only." };
  if (!sameSite(headers)) return { status: 403, say: FROM_ELSEWHERE };
  return null;
}

/** @returns A no for now. When to ask again is up to chance, so that not all who hear it come back in the same second. */
export const notNow = (say: string): No => ({
  status: 503,
  say,
  retryAfter: 1 + Math.floor(Math.random() * LONGEST_RETRY_S),
});

/** Answers an upgrade with a no, and hangs up. */
export function answerNo(socket: Duplex, { status, say, retryAfter }: No): void {
  const body = JSON.stringify({ message: say });
  const head = [
    `HTTP/1.1 ${status} ${REASONS[status]}`,
    "connection: close",
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
    ...(retryAfter ? [`retry-after: ${retryAfter}`] : []),
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

const ELSEWHERE: No = {
  status: 503,
  say: "This process opens no sockets (ROLE=api). Send upgrades on /trpc to a process with ROLE=ws or ROLE=all.",
};

/** Tells whoever asks for a socket that this process opens none, and where to go. */
export function refuseSockets(server: Server, onlyHttps: boolean): void {
  server.on("upgrade", (request, socket) => {
    socket.on("error", () => socket.destroy()); // whoever is told no may hang up before hearing it
    answerNo(socket, refusalOf(request, onlyHttps) ?? ELSEWHERE);
  });
}
