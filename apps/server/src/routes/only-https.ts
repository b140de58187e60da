import type { IncomingHttpHeaders } from "node:http";
import type { RequestHandler } from "express";

/**
 * @param headers As the proxy before us sent them on.
 * @returns Whether the proxy says that somebody reached it without encryption.
 */
export function isInTheOpen(headers: IncomingHttpHeaders): boolean {
  const scheme = headers["x-forwarded-proto"];
  return scheme !== undefined && String(scheme).split(",")[0]?.trim().toLowerCase() !== "https";
}

/**
 * Where a deployment is reached by HTTPS, whoever comes in the open is sent to the same page by HTTPS; a call is not, since what
 * it carried was open already: its sender has to learn the right address.
 *
 * @param origin Where people reach us. Not what the request calls us: that is the sender's choice.
 * @param isCall Whether a path is no page.
 */
export function onlyHttps(origin: string, isCall: (path: string) => boolean): RequestHandler {
  return (request, response, next) => {
    if (!isInTheOpen(request.headers)) return next();
    const isPage = (request.method === "GET" || request.method === "HEAD") && !isCall(request.path);
    if (isPage) response.redirect(308, `${origin}${request.originalUrl}`);
    else response.status(403).json({ message: `Send this to ${origin}: it is not answered without encryption.` });
  };
}
