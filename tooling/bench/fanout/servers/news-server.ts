import type { IncomingMessage } from "node:http";
import { listen } from "../../transport/servers/listen.ts";

/** What happens, as the product's journal has it: the same letters for all. */
export interface NewsEvent {
  seq: number;
  [more: string]: unknown;
}

/**
 * A server that tells news: each request makes one piece of it.
 *
 * @param tell Tells it to everybody.
 */
export const newsServer = (tell: (event: NewsEvent) => void) =>
  listen((request: IncomingMessage, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (piece: string) => {
      body += piece;
    });
    request.on("end", () => {
      tell(JSON.parse(body) as NewsEvent);
      response.writeHead(200, { "content-length": 2 }).end("{}");
    });
  });

/** The message as tRPC writes it. */
export const messageOf = (event: NewsEvent): string =>
  JSON.stringify({
    id: 1,
    result: { type: "data", data: { id: String(event.seq), data: event }, id: String(event.seq) },
  });
