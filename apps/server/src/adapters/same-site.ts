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
  return origin === `https://${host}` || origin === `http://${host}`; // browsers write it in this one way
}

export const FROM_ELSEWHERE = "This call came from a page of another site.";

/** Who asks, and how, as far as it tells a forged request from one that is meant. */
export interface Asked {
  method?: string | undefined;
  headers: Origin & { cookie?: string | undefined; "x-tessera"?: string | string[] | undefined };
}

/**
 * A page of another site can have a browser send things, and the browser adds its cookies. Three marks tell them from what is
 * meant: the origin a browser names, where it says the request comes from, and a header that no foreign page can send without
 * being allowed to. A request that is to change something and is signed by a cookie alone has to carry one of them.
 *
 * @returns Why such a request is not acted upon, in words for who sent it; null: it is meant.
 */
export function forgeryIn({ method, headers }: Asked): string | null {
  if (!sameSite(headers)) return FROM_ELSEWHERE;
  const isSafe = method === "GET" || method === "HEAD" || method === "OPTIONS";
  if (isSafe || !headers.cookie || headers.origin || headers["x-tessera"] !== undefined) return null;
  return "A call that is signed by a cookie has to come from a page of ours, or carry the header X-Tessera.";
}
