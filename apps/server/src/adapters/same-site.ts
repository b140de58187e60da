/** What a request says of the page it comes from, as it was sent. */
export interface Origin {
  origin?: string | null | undefined;
  host?: string | null | undefined;
  "sec-fetch-site"?: string | string[] | null | undefined;
}

/**
 * Whether a request comes from a page of ours. A browser names the page's origin on every request that can change
 * something and on every WebSocket; a program that is no browser sends none, and has no cookies to abuse.
 *
 * @param headers Of the request, as Node has them.
 */
export function sameSite(headers: Origin): boolean {
  const { origin, host } = headers;
  if (!origin) return headers["sec-fetch-site"] !== "cross-site";
  if (origin === `https://${host}` || origin === `http://${host}`) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false; // "null", the origin of a sandboxed page
  }
}
