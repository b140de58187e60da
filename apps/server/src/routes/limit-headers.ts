import type { ServerResponse } from "node:http";
import { isTighter, type Limiter, type Taken, takeOne } from "@tessera/domain/limits/limiter";
import { type LimitClass, type LimitHolder, quotasOf } from "@tessera/domain/limits/policies";

const WINDOW_S = 60;

/**
 * What an answer says of an allowance, by draft-ietf-httpapi-ratelimit-headers-10: its class, how many there are in a window of
 * how many seconds, how many remain, and when it begins anew.
 *
 * @returns Names and values; `Retry-After` only where it is used up.
 */
export function limitHeaders({ quota, limit, remaining, resetsInMs, isAllowed }: Taken): Array<[string, string]> {
  const seconds = Math.max(1, Math.ceil(resetsInMs / 1_000));
  return [
    ["ratelimit-policy", `"${quota.class}";q=${limit};w=${WINDOW_S}`],
    ["ratelimit", `"${quota.class}";r=${remaining};t=${seconds}`],
    ...(isAllowed ? [] : [["retry-after", String(seconds)] satisfies [string, string]]),
  ];
}

/**
 * Says with an answer what is left. Of several calls in one request, the one nearest to its end is told of.
 *
 * @returns What to call with each.
 */
export function tellsLimit(response: ServerResponse): (taken: Taken) => void {
  let told: Taken | null = null;
  return (taken) => {
    if (response.headersSent || (told && !isTighter(taken, told))) return;
    told = taken;
    for (const [name, value] of limitHeaders(taken)) response.setHeader(name, value);
  };
}

/** For answers that are no procedure's. */
export interface LimitedRoute {
  limiter: Limiter | null;
  response: ServerResponse;
  limitClass: LimitClass;
  holders: Partial<Record<LimitHolder, string>>;
}

/** @returns Whether the request may go on; if not, it was answered. */
export async function mayGoOn({ limiter, response, limitClass, holders }: LimitedRoute): Promise<boolean> {
  const taken = limiter && (await takeOne(limiter, quotasOf(limitClass, holders)));
  if (!taken) return true;
  for (const [name, value] of limitHeaders(taken)) response.setHeader(name, value);
  if (taken.isAllowed) return true;
  const message = `That was a lot at once: ${taken.limit} a minute are allowed. Wait, then go on.`;
  response.writeHead(429, { "content-type": "application/json" }).end(JSON.stringify({ message }));
  return false;
}
