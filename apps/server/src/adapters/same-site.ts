/**
 * Whether a request comes from a page of ours. A browser names the page's origin on every request that can change
 * something and on every WebSocket; a program that is no browser sends none, and has no cookies to abuse.
 *
 * @param headers Of the request.
 */
export function sameSite(headers: Headers): boolean {
  const origin = headers.get("origin");
  if (!origin) return headers.get("sec-fetch-site") !== "cross-site";
  try {
    return new URL(origin).host === headers.get("host");
  } catch {
    return false; // "null", the origin of a sandboxed page
  }
}
