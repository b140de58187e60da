import type { IncomingHttpHeaders } from "node:http";

/** @returns A Node request's headers as the web knows them. */
export function webHeaders(headers: IncomingHttpHeaders): Headers {
  const web = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) web.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return web;
}
