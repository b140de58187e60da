import type { IncomingMessage } from "node:http";

/** @returns A Node request's headers as the web knows them. */
export function headersOf({ headers }: Pick<IncomingMessage, "headers">): Headers {
  const web = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) web.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return web;
}
